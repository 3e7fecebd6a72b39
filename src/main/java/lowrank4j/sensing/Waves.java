package lowrank4j.sensing;

import java.util.Optional;
import lowrank4j.kernel.Workers;
import lowrank4j.matrix.ReadAhead;

/**
 * The way of all passes through rows: in waves of neighbouring rows, each cut into blocks that go to the threads. So a file is read
 * from its beginning to its end, and no sum depends on how many threads there are: block b of a wave adds to what block b of the one
 * before came to, and where waves and blocks end depends on the size of the rows alone.
 */
final class Waves {
    /** Bytes of a wave: many times what the threads hold at once, and little beside any memory. */
    static final long BYTES = 64L << 20;

    /** At most so many blocks, each with a gradient of its own: enough to balance threads, few enough to add up cheaply. */
    private static final int MAX_BLOCKS = 16;

    /** Rows that there must be for a block, so that its gradient's clearing and adding (2 passes) stay small beside the rows' (1 pass each). */
    private static final int MIN_ROWS_PER_BLOCK = 64;

    /** Rows of a block, but for the last wave, are a multiple of this: what the fused kernels like to take at a time. */
    private static final int BLOCK_MULTIPLE = 24;

    @FunctionalInterface
    interface Work {
        void run(int block, int from, int to);
    }

    private final RowStream rows;
    private final Workers workers;
    private final int blocks;
    private final int wave;

    Waves(RowStream rows, long bytes, Workers workers) {
        this.rows = rows;
        this.workers = workers;
        this.blocks = Math.clamp(rows.count() / MIN_ROWS_PER_BLOCK, 1, MAX_BLOCKS);
        this.wave = rows.bytes() <= bytes ? rows.count() : wave(rows, blocks, bytes);
    }

    private static int wave(RowStream rows, int blocks, long bytes) {
        double perBlock = (double) bytes * rows.count() / rows.bytes() / blocks / BLOCK_MULTIPLE;
        return (int) Math.min(rows.count(), Math.max(1, (long) perBlock) * BLOCK_MULTIPLE * blocks);
    }

    /** How many blocks a wave has. */
    int blocks() {
        return blocks;
    }

    /** Goes through all rows once. */
    void pass(Work work) {
        Optional<ReadAhead> ahead = rows.readAhead();
        try {
            for (long start = 0; start < rows.count(); start += wave) {
                long first = start;
                long size = Math.min(wave, rows.count() - start);
                workers.run(blocks, block -> {
                    int from = (int) (first + size * block / blocks);
                    int to = (int) (first + size * (block + 1) / blocks);
                    ahead.ifPresent(reader -> reader.await(to));
                    work.run(block, from, to);
                    ahead.ifPresent(reader -> reader.release(from, to));
                });
            }
        } finally {
            ahead.ifPresent(ReadAhead::close);
        }
    }
}
