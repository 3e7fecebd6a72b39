package lowrank4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import lowrank4j.error.BadDataException;

/** What a file is, told from its first bytes; its name is only a claim. */
public enum FileKind {
    /** One NumPy array. */
    NPY("a NumPy array (.npy)", "\u0093NUMPY"),
    /** A zip archive, which is what an archive of NumPy arrays is. */
    NPZ("a zip archive, as .npz files are", "PK(\3\4|\5\6)"),
    /** A matrix in Matrix Market's text format. */
    MATRIX_MARKET("Matrix Market text (.mtx)", "%%(?i:MatrixMarket)"),
    /** Text of another kind, such as CSV. */
    DELIMITED("plain text, as CSV and TSV files are", "(?!)"),
    /** No bytes at all. */
    EMPTY("an empty file", "(?!)"),
    /** Compressed by gzip. */
    GZIP("data compressed by gzip, to be unpacked first", "\u001f\u008b"),
    /** Compressed by bzip2. */
    BZIP2("data compressed by bzip2, to be unpacked first", "BZh[1-9]1AY&SY"),
    /** Compressed by xz. */
    XZ("data compressed by xz, to be unpacked first", "\u00fd7zXZ"),
    /** Compressed by Zstandard. */
    ZSTANDARD("data compressed by Zstandard, to be unpacked first", "\\(\u00b5/\u00fd"),
    /** HDF5, which is also what MATLAB writes from version 7.3 on. */
    HDF5(
            "an HDF5 file, which is not supported (MATLAB writes another kind with save -v7)",
            "\u0089HDF|MATLAB 7\\.3 MAT-file"),
    /** MATLAB's format of versions 5 to 7. */
    MATLAB("a MATLAB file (.mat)", "MATLAB 5\\.0 MAT-file"),
    /** Apache Parquet. */
    PARQUET("a Parquet file", "PAR1[\0-\37]"),
    /** A serialised Python object. */
    PICKLE("a Python pickle, which is not supported", "\u0080[\2-\5]"),
    /** A picture. */
    IMAGE("a picture", "\u0089PNG|\u00ff\u00d8\u00ff|GIF8[79]a"),
    /** A document. */
    PDF("a PDF document", "%PDF"),
    /** Text of two bytes per character. */
    UTF16("UTF-16 text, to be saved as UTF-8 first", "\u00ff\u00fe|\u00fe\u00ff"),
    /** None of the others. */
    BINARY("binary data of an unknown kind", "(?!)");

    /** How many bytes at the start of a file decide. */
    static final int SNIFFED_BYTES = 4096;

    private final String description;
    /** Regular expression of the first bytes, each taken as a character of ISO 8859-1. */
    private final Pattern signature;

    FileKind(String description, String signature) {
        this.description = description;
        this.signature = Pattern.compile(signature);
    }

    /**
     * Tells what a file is from its content.
     *
     * @param path the file
     * @return its kind, whatever its name says
     * @throws BadDataException if there is no such file or it cannot be read
     */
    public static FileKind of(Path path) {
        try (FileChannel channel = InputFiles.open(path);
                InputStream in = Channels.newInputStream(channel)) {
            return ofStart(in.readNBytes(SNIFFED_BYTES));
        } catch (IOException e) {
            throw InputFiles.failure(path, e);
        }
    }

    /**
     * Tells what a file claims to be by the end of its name, in any case.
     *
     * @param path the file, which need not exist
     * @return one of the kinds that the library or its command can read, or empty for any other name
     */
    public static Optional<FileKind> claimedBy(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "npy" -> Optional.of(NPY);
            case "npz" -> Optional.of(NPZ);
            case "mtx", "mm" -> Optional.of(MATRIX_MARKET);
            case "mat" -> Optional.of(MATLAB);
            case "parquet", "pq" -> Optional.of(PARQUET);
            case "csv", "tsv", "txt", "dat", "data" -> Optional.of(DELIMITED);
            default -> Optional.empty();
        };
    }

    /**
     * Describes the kind in words that complete "it looks like …".
     *
     * @return a phrase for messages
     */
    public String description() {
        return description;
    }

    /** Tells the kind of a file that begins with these bytes: all of them, or the first {@link #SNIFFED_BYTES}. */
    static FileKind ofStart(byte[] start) {
        if (start.length == 0) {
            return EMPTY;
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        for (FileKind kind : values()) {
            if (kind.signature.matcher(text).lookingAt()) {
                return kind;
            }
        }
        return isText(start) ? DELIMITED : BINARY;
    }

    private static boolean isText(byte[] start) {
        for (byte b : start) {
            boolean control = b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f';
            if (control || b == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
