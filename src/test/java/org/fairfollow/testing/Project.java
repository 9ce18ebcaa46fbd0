package org.fairfollow.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The project's own files, and those that lie beside it. */
public final class Project {
    private Project() {}

    /** The folder with pom.xml in it, wherever the tests are run from. */
    public static Path folder() {
        return Path.of(System.getProperty("basedir", System.getProperty("user.dir")))
                .toAbsolutePath()
                .normalize();
    }

    public static String read(String path) {
        try {
            return Files.readString(folder().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file below ../shared; where there is none, says so on standard output, for nothing is left out silently. */
    public static Optional<Path> shared(String path) {
        Path file = folder().resolveSibling("shared").resolve(path);
        if (Files.exists(file)) {
            return Optional.of(file);
        }
        System.out.println("NOT TESTED: " + file + " is not there, so what it would show is not checked in this run");
        return Optional.empty();
    }
}
