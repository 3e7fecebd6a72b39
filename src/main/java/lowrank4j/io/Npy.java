package lowrank4j.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;
import lowrank4j.error.InvalidArgumentException;

/**
 * NumPy's {@code .npy} files, format versions 1.0 to 3.0.
 *
 * <p>Arrays in Fortran order or of the other byte order become C order and this machine's byte order; half precision
 * becomes single precision. Sizes are {@code long} throughout. A file must be exactly as long as its header says.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format</a>
 */
public final class Npy {
    private Npy() {}

    /**
     * Reads the header of a file and checks it against the length of the file.
     *
     * @param path the file
     * @return what the header says
     * @throws BadDataException if there is no such file or it is no {@code .npy} file that can be read
     */
    public static NpyHeader readHeader(Path path) {
        try (FileChannel channel = InputFiles.openRegular(path)) {
            return header(channel, path);
        } catch (IOException e) {
            throw InputFiles.failure(path, e);
        }
    }

    /**
     * Reads a file into memory off the heap.
     *
     * @param path the file
     * @param arena what the memory belongs to
     * @return the array; it can be written to
     * @throws BadDataException if there is no such file or it is no {@code .npy} file that can be read
     * @throws EnvironmentException if there is not enough memory
     */
    public static NpyArray read(Path path, Arena arena) {
        try (FileChannel channel = InputFiles.openRegular(path)) {
            NpyHeader header = header(channel, path);
            if (!header.isNative()) {
                return convert(channel, header, arena, path);
            }
            String place = path.toString();
            MemorySegment data = AvailableMemory.allocate(arena, header.byteCount(), place);
            SegmentChannels.read(channel.position(header.dataOffset()), data, place);
            return new NpyArray(header.type(), header.shape(), data, place);
        } catch (IOException e) {
            throw InputFiles.failure(path, e);
        }
    }

    /**
     * Maps a file into memory without reading it, so that arrays larger than memory can be used. Where the bytes of
     * the file are not those needed in memory (Fortran order, the other byte order, half precision, elements not
     * aligned in the file), the array is read and converted as by {@link #read}.
     *
     * <p>The file must not be shortened as long as the array is in use: the Java virtual machine then fails with an
     * {@link InternalError}.
     *
     * @param path the file
     * @param arena what the mapping belongs to
     * @return the array; read-only if it was mapped
     * @throws BadDataException if there is no such file or it is no {@code .npy} file that can be read
     * @throws EnvironmentException if the array must be converted and there is not enough memory
     */
    public static NpyArray map(Path path, Arena arena) {
        try (FileChannel channel = InputFiles.openRegular(path)) {
            NpyHeader header = header(channel, path);
            boolean aligned = header.dataOffset() % header.type().bytes() == 0;
            if (!header.isNative() || !aligned) {
                return convert(channel, header, arena, path);
            }
            MemorySegment data = map(channel, header, arena);
            return new NpyArray(header.type(), header.shape(), data, path.toString());
        } catch (IOException e) {
            throw InputFiles.failure(path, e);
        }
    }

    /**
     * Writes an array in one step: the file is either what it was before or complete.
     *
     * @param path the file, replaced if it exists
     * @param array what to write
     * @throws EnvironmentException if the file cannot be written
     */
    public static void write(Path path, NpyArray array) {
        try (NpyWriter writer = NpyWriter.create(path, array.type(), array.shape())) {
            writer.write(array.data());
            writer.finish();
        }
    }

    /**
     * Writes numbers of double precision in one step: the file is either what it was before or complete.
     *
     * @param path the file, replaced if it exists
     * @param values the elements in C order
     * @param shape size of each dimension; none for a single number
     * @throws InvalidArgumentException if the shape does not fit the number of values
     * @throws EnvironmentException if the file cannot be written
     */
    public static void write(Path path, double[] values, long... shape) {
        write(path, NpyArray.of(values, shape));
    }

    /**
     * Writes numbers of single precision in one step: the file is either what it was before or complete.
     *
     * @param path the file, replaced if it exists
     * @param values the elements in C order
     * @param shape size of each dimension; none for a single number
     * @throws InvalidArgumentException if the shape does not fit the number of values
     * @throws EnvironmentException if the file cannot be written
     */
    public static void write(Path path, float[] values, long... shape) {
        write(path, NpyArray.of(values, shape));
    }

    private static NpyHeader header(FileChannel channel, Path path) throws IOException {
        // The stream only buffers: closing it would close the channel, which is still to be read.
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
        return NpyHeaderReader.read(in, channel.size(), path.toString());
    }

    private static NpyArray convert(FileChannel channel, NpyHeader header, Arena arena, Path path) throws IOException {
        try (Arena scratch = Arena.ofConfined()) {
            return NpyLayout.convert(header, map(channel, header, scratch), arena, path.toString());
        }
    }

    private static MemorySegment map(FileChannel channel, NpyHeader header, Arena arena) throws IOException {
        return channel.map(MapMode.READ_ONLY, header.dataOffset(), header.byteCount(), arena);
    }
}
