package org.fairfollow.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.fairfollow.testing.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a file: rows that can be read are read, the others are counted by code. */
class CsvFileTest {
    @TempDir
    Path directory;

    private final List<String> texts = new ArrayList<>();

    private FileFigures read(byte[] bytes) throws IOException, UnfitFileException {
        Path file = directory.resolve("posts.csv");
        Files.write(file, bytes);
        texts.clear();
        return new CsvFile(file)
                .read(List.of("id", "text"), row -> texts.add(row.id() + "=" + row.text("text")))
                .figures("posts.csv");
    }

    private FileFigures read(String content) throws IOException, UnfitFileException {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatSpreadsheetsWrite() throws IOException, UnfitFileException {
        read("\uFEFF\"Text\", ID ,other\r\n\"a, \"\"b\"\"\r\nc\",1,\r\n\r\n d ,2,x");
        assertThat(texts).containsExactly("1=a, \"b\"\r\nc", "2= d ");
    }

    @Test
    void keepsTheRestWhereARowIsUnsound() throws IOException, UnfitFileException {
        FileFigures figures = read("id,text\n1,a\n2\n3,b,c\n,d\n5,\0\n6,e\n");
        assertThat(texts).containsExactly("1=a", "6=e");
        assertThat(figures.rows()).isEqualTo(6);
        assertThat(figures.refused())
                .hasSize(3)
                .containsEntry("wrong-number-of-columns", 2L)
                .containsEntry("missing-id", 1L)
                .containsEntry("control-character", 1L);
    }

    @Test
    void refusesRowsThatAreNotUtf8() throws IOException, UnfitFileException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("id,text\n1,caf".getBytes(StandardCharsets.UTF_8));
        bytes.write(0xe9);
        bytes.writeBytes("\n2,café\n3,\uFFFD\n".getBytes(StandardCharsets.UTF_8));
        assertThat(read(bytes.toByteArray()).refused()).containsEntry("not-utf-8", 1L);
        assertThat(texts).containsExactly("2=café", "3=\uFFFD");
    }

    @Test
    void refusesACellOfTenMegabytes() throws IOException, UnfitFileException {
        FileFigures figures = read("id,text\n1,\"" + "x\n".repeat(5 << 20) + "\"\n2,b\n");
        assertThat(figures.refused()).hasSize(1).containsEntry("cell-too-large", 1L);
        assertThat(figures.failure()).isNull();
        assertThat(texts).containsExactly("2=b");
        assertThat(read("id,text\n1," + "x".repeat(CsvFile.LONGEST_CELL) + "\n").refused())
                .isEmpty();
    }

    @Test
    void stopsWhereAQuoteIsNeverClosed() throws IOException, UnfitFileException {
        FileFigures endless = read("id,text\n1,a\n2,\"" + "x\n".repeat(10 << 20));
        assertThat(endless.failure()).contains("is a quote not closed?");
        assertThat(texts).containsExactly("1=a");
        FileFigures short_ = read("id,text\n1,a\n2,\"b\n3,c\n");
        assertThat(short_.failure()).contains("reading stopped at line", "a quote is not closed");
        assertThat(texts).containsExactly("1=a");
    }

    @Test
    void saysWhatIsWrongWithTheFirstRow() {
        assertThatExceptionOfType(UnfitFileException.class)
                .isThrownBy(() -> read(""))
                .withMessage("it is empty");
        assertThatExceptionOfType(UnfitFileException.class)
                .isThrownBy(() -> read("id;text\n1;a\n"))
                .withMessage("it has no column `id`, `text`, only `id;text`");
        assertThatExceptionOfType(UnfitFileException.class)
                .isThrownBy(() -> read("id,text,ID\n"))
                .withMessage("it has two columns `id`");
        assertThatExceptionOfType(UnfitFileException.class)
                .isThrownBy(() -> read(",".repeat(2_000) + "\n"))
                .withMessageContaining("more than 1,000 columns");
        assertThatExceptionOfType(UnfitFileException.class)
                .isThrownBy(() -> read("id,text\n".getBytes(StandardCharsets.UTF_16)));
        assertThatExceptionOfType(UnfitFileException.class)
                .isThrownBy(() -> read("\"id,text\n"))
                .withMessageContaining("first row cannot be read");
    }

    @Test
    void survivesAnything() {
        byte[] seed = "\uFEFFid,text\r\n1,\"a\"\"b\n\"\r\n2,é\n".getBytes(StandardCharsets.UTF_8);
        AtomicInteger unfit = new AtomicInteger();
        Fuzz.around(seed, bytes -> {
            try {
                read(bytes);
            } catch (UnfitFileException e) {
                unfit.incrementAndGet();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(unfit).hasPositiveValue();
    }
}
