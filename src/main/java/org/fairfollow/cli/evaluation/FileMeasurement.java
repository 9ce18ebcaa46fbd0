package org.fairfollow.cli.evaluation;

import java.io.IOException;
import java.util.List;

/** What can be measured on one of the files that a data set may hold; used once. */
interface FileMeasurement {
    /** Name of the file. */
    String file();

    FileReading read(CsvFile file, Labels labels, Judging judging) throws UnfitFileException, IOException;

    /** What was measured; after reading. */
    List<SubjectFigures> figures();
}
