package lowrank4j.blas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Where the operands of a call lie, and in which precision. */
enum Storage {
    DOUBLE_ARRAY(Precision.DOUBLE),
    DOUBLE_HEAP_SEGMENT(Precision.DOUBLE),
    DOUBLE_NATIVE_SEGMENT(Precision.DOUBLE),
    FLOAT_ARRAY(Precision.FLOAT),
    FLOAT_HEAP_SEGMENT(Precision.FLOAT),
    FLOAT_NATIVE_SEGMENT(Precision.FLOAT);

    private final Precision precision;

    Storage(Precision precision) {
        this.precision = precision;
    }

    Precision precision() {
        return precision;
    }

    /** Half the distance from 1 to the next number. */
    double eps() {
        return precision == Precision.DOUBLE ? 0x1p-53 : 0x1p-24;
    }

    boolean isArray() {
        return this == DOUBLE_ARRAY || this == FLOAT_ARRAY;
    }

    MemorySegment allocate(int entries) {
        boolean isNative = this == DOUBLE_NATIVE_SEGMENT || this == FLOAT_NATIVE_SEGMENT;
        if (isNative) {
            return Arena.ofAuto().allocate((long) entries * precision.bytes(), 8);
        }
        return precision == Precision.DOUBLE
                ? MemorySegment.ofArray(new double[entries])
                : MemorySegment.ofArray(new float[entries]);
    }
}
