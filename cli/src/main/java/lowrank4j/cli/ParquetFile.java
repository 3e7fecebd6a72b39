package lowrank4j.cli;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ColumnReaders;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.Validity;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import lowrank4j.error.BadDataException;
import lowrank4j.error.LowRankException;
import lowrank4j.io.DelimitedOptions;
import lowrank4j.io.FileKind;
import lowrank4j.io.TripleCollector;
import lowrank4j.io.Triples;
import org.jspecify.annotations.Nullable;

/** Triples in three columns of a Parquet file: ids that are integers or text, and numbers. */
final class ParquetFile {
    private final Path file;

    private ParquetFile(Path file) {
        this.file = file;
    }

    /**
     * Reads triples.
     *
     * @param entries what was read
     * @param merged entries that repeated another and were merged into it
     */
    record Read(Triples entries, long merged) {}

    static Read read(Path file, DelimitedOptions options) {
        ParquetFile parquet = new ParquetFile(file);
        return parquet.opened(reader -> parquet.read(reader, options, false));
    }

    /** The same where the numbers may be times and dates too: the integers that they are stored as. */
    static Read readTimes(Path file, DelimitedOptions options) {
        ParquetFile parquet = new ParquetFile(file);
        return parquet.opened(reader -> parquet.read(reader, options, true));
    }

    static List<String> names(Path file) {
        return new ParquetFile(file).opened(ParquetFile::names);
    }

    private static List<String> names(ParquetFileReader reader) {
        return reader.getFileSchema().getColumns().stream()
                .map(column -> column.fieldPath().toString())
                .toList();
    }

    /** What is done with the open file. */
    @FunctionalInterface
    private interface Use<T> {
        T of(ParquetFileReader reader) throws IOException;
    }

    private <T> T opened(Use<T> use) {
        if (FileKind.of(file) != FileKind.PARQUET) {
            throw new BadDataException(file + ": is no Parquet file; it looks like "
                    + FileKind.of(file).description());
        }
        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file))) {
            return use.of(reader);
        } catch (IOException | RuntimeException e) {
            if (e instanceof LowRankException own) {
                throw own;
            }
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new BadDataException(file + ": cannot be read as a Parquet file: " + reason, e);
        }
    }

    private Read read(ParquetFileReader reader, DelimitedOptions options, boolean timesToo) {
        List<ColumnSchema> columns = reader.getFileSchema().getColumns();
        List<String> names = names(reader);
        int[] chosen = TripleCollector.columns(file, names, options.columns());
        long records = reader.getFileMetaData().numRows();
        for (int c = 0; c < chosen.length; c++) {
            requireKind(columns.get(chosen[c]), c == 2, timesToo);
        }
        TripleCollector triples = new TripleCollector(file, options, records);
        String[] projected = Arrays.stream(chosen).mapToObj(names::get).toArray(String[]::new);
        long count = 0;
        try (ColumnReaders batches = reader.columnReaders(ColumnProjection.columns(projected))) {
            while (batches.nextBatch()) {
                addBatch(batches, projected, triples);
                count += batches.getRecordCount();
            }
        }
        if (count != records) {
            throw new BadDataException(file + ": has " + count + " records, but says it has " + records);
        }
        Triples entries = triples.finish();
        return new Read(entries, count - entries.count());
    }

    private void requireKind(ColumnSchema column, boolean isValue, boolean timesToo) {
        PhysicalType type = column.type();
        boolean integer = type == PhysicalType.INT32 || type == PhysicalType.INT64;
        @Nullable LogicalType logical = column.logicalType();
        boolean time = logical instanceof LogicalType.TimestampType || logical instanceof LogicalType.DateType;
        boolean plain = logical == null
                || logical instanceof LogicalType.IntType
                || logical instanceof LogicalType.StringType
                || (isValue && timesToo && time);
        boolean allowed = isValue
                ? integer || type == PhysicalType.FLOAT || type == PhysicalType.DOUBLE
                : integer || type == PhysicalType.BYTE_ARRAY;
        if (!allowed || !plain || column.maxRepetitionLevel() > 0) {
            throw new BadDataException(file + ": the column " + column.fieldPath() + " has the type " + type
                    + (logical == null ? "" : " (" + logical + ")")
                    + (column.maxRepetitionLevel() > 0 ? " in lists" : "") + "; "
                    + (isValue ? "int32, int64, float and double" : "int32, int64 and strings") + " are allowed");
        }
    }

    private static void addBatch(ColumnReaders batches, String[] names, TripleCollector triples) {
        ColumnReader row = batches.getColumnReader(names[0]);
        ColumnReader column = batches.getColumnReader(names[1]);
        ColumnReader value = batches.getColumnReader(names[2]);
        List<Validity> validity = IntStream.range(0, names.length)
                .mapToObj(c -> batches.getColumnReader(names[c]).getLeafValidity())
                .toList();
        IntFunction<String> rowId = ids(row);
        IntFunction<String> columnId = ids(column);
        IntToDoubleFunction number = numbers(value);
        for (int k = 0; k < batches.getRecordCount(); k++) {
            for (int c = 0; c < names.length; c++) {
                if (validity.get(c).isNull(k)) {
                    throw triples.bad(
                            "the column " + names[c] + " is null; every record needs a row, a column and a value");
                }
            }
            triples.add(rowId.apply(k), columnId.apply(k), number.applyAsDouble(k));
        }
    }

    private static IntFunction<String> ids(ColumnReader column) {
        return switch (column.getColumnSchema().type()) {
            case INT32 -> {
                int[] numbers = column.getInts();
                yield k -> Integer.toString(numbers[k]);
            }
            case INT64 -> {
                long[] numbers = column.getLongs();
                yield k -> Long.toString(numbers[k]);
            }
            default -> {
                String[] texts = column.getStrings();
                yield k -> texts[k];
            }
        };
    }

    private static IntToDoubleFunction numbers(ColumnReader column) {
        return switch (column.getColumnSchema().type()) {
            case INT32 -> {
                int[] numbers = column.getInts();
                yield k -> numbers[k];
            }
            case INT64 -> {
                long[] numbers = column.getLongs();
                yield k -> numbers[k];
            }
            case FLOAT -> {
                float[] numbers = column.getFloats();
                yield k -> numbers[k];
            }
            default -> {
                double[] numbers = column.getDoubles();
                yield k -> numbers[k];
            }
        };
    }
}
