package org.fairfollow.cli.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairfollow.detection.Detector;

/** Measures the shipped detectors on every data set in a folder. */
public final class DataSets {
    private final Judges judges;

    public DataSets() {
        this(Judges.shipped());
    }

    DataSets(Judges judges) {
        this.judges = judges;
    }

    /**
     * @param progress gets a line for each file
     * @throws IOException if the folder cannot be listed
     */
    public DataSetsReport measure(Path folder, Consumer<String> progress) throws IOException {
        List<DataSetFigures> figures = new ArrayList<>();
        for (Path set : folders(folder)) {
            figures.add(figures(set, progress));
        }
        return DataSetsReport.of(
                judges.detectors().stream().map(Detector::version).toList(), figures);
    }

    /** The folders in the folder, and the folder itself should it hold such files. */
    private List<Path> folders(Path folder) throws IOException {
        List<Path> sets = new ArrayList<>();
        if (measurements().stream().anyMatch(measurement -> exists(folder, measurement))) {
            sets.add(folder);
        }
        list(folder).stream()
                .filter(path -> Files.isDirectory(path) && !name(path).startsWith("."))
                .forEach(sets::add);
        return sets;
    }

    private List<FileMeasurement> measurements() {
        return List.of(
                new AccountsFile(judges),
                new FollowingSeriesFile(judges.detectors()),
                new FollowerSeriesFile(judges.detectors()),
                new PostsFile(judges));
    }

    private DataSetFigures figures(Path set, Consumer<String> progress) {
        List<FileMeasurement> measurements =
                measurements().stream().filter(one -> exists(set, one)).toList();
        if (measurements.isEmpty()) {
            return nothing(set);
        }
        Labels labels = new Labels();
        WholePipeline pipeline = new WholePipeline();
        Judging judging = new Judging(judges.detectors(), pipeline);
        List<FileFigures> files = new ArrayList<>();
        List<SubjectFigures> subjects = new ArrayList<>();
        for (FileMeasurement measurement : measurements) {
            progress.accept(Words.plain(name(set)) + ": " + measurement.file());
            FileFigures file = read(set, measurement, labels, judging);
            files.add(file);
            if (file.accounts() > 0) {
                subjects.addAll(measurement.figures());
            }
        }
        return new DataSetFigures(
                name(set), null, files, labels.figures(), subjects, pipeline.figures(), judging.failures());
    }

    private static FileFigures read(Path set, FileMeasurement measurement, Labels labels, Judging judging) {
        Path file = set.resolve(measurement.file());
        if (!Files.isRegularFile(file)) {
            return FileFigures.failed(measurement.file(), "it is not a file");
        }
        try {
            return measurement.read(new CsvFile(file), labels, judging).figures(measurement.file());
        } catch (UnfitFileException e) {
            return FileFigures.nothing(measurement.file(), e.why());
        } catch (IOException e) {
            return FileFigures.failed(measurement.file(), "it cannot be read: " + reason(e));
        }
    }

    private DataSetFigures nothing(Path set) {
        String known = measurements().stream().map(FileMeasurement::file).collect(Collectors.joining(", "));
        try {
            List<String> names = list(set).stream().map(DataSets::name).toList();
            return DataSetFigures.nothing(
                    name(set),
                    "it holds none of " + known
                            + (names.isEmpty() ? "; it is empty" : ", only " + Words.quoted(names)));
        } catch (IOException e) {
            return DataSetFigures.unreadable(name(set), "it cannot be read: " + Words.plain(reason(e)));
        }
    }

    private static boolean exists(Path set, FileMeasurement measurement) {
        return Files.exists(set.resolve(measurement.file()), LinkOption.NOFOLLOW_LINKS);
    }

    /** In the order of their names, whatever the file system's. */
    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted(Comparator.comparing(DataSets::name)).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String name(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "/" : name.toString();
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
