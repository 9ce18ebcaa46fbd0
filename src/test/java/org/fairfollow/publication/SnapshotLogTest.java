package org.fairfollow.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snapshot on disk: whatever a crash leaves behind, opening it gives a whole release, the newest there is. */
class SnapshotLogTest {
    @TempDir
    Path folder;

    /** As many crashes as there are bytes. */
    @Test
    void whereverTheFileIsTornTheLastWholeReleaseIsFound() throws IOException {
        Path file = folder.resolve("log");
        List<Long> ends = new ArrayList<>();
        List<byte[]> lists = new ArrayList<>();
        Releasing releasing = new Releasing(file);
        for (int release = 1; release <= 4; release++) {
            releasing.release(
                    List.of(Releasing.account(release, "user" + release + ".example", "In release " + release)),
                    release > 2 ? List.of(release - 2) : List.of());
            ends.add(releasing.log().size());
            lists.add(releasing.current().list().bytes());
        }
        releasing.log().close();
        byte[] whole = Files.readAllBytes(file);
        assertThat(whole.length).isEqualTo(ends.getLast().intValue());
        for (int length = 0; length <= whole.length; length++) {
            Path torn = folder.resolve("torn");
            Files.write(torn, java.util.Arrays.copyOf(whole, length));
            Snapshot opened = new Reopening().open(torn);
            int releases = (int) ends.stream().filter(new AtMost(length)::holds).count();
            if (releases == 0) {
                assertThat(opened).isNull();
            } else {
                assertThat(opened.version()).isEqualTo(releases);
                assertThat(opened.list().bytes()).isEqualTo(lists.get(releases - 1));
                assertThat(opened.changes()).hasSize(releases);
                assertThat(opened.log().size()).as("the torn part is cut off").isEqualTo(ends.get(releases - 1));
                opened.log().close();
            }
        }
    }

    private record AtMost(long most) {
        boolean holds(long number) {
            return number <= most;
        }
    }

    @Test
    void whateverByteRotsNoReleaseIsServedThatWasNotOne() throws IOException {
        Random random = Seed.random("rotten bytes");
        Path file = folder.resolve("log");
        List<byte[]> lists = new ArrayList<>();
        Releasing releasing = new Releasing(file);
        for (int release = 1; release <= 4; release++) {
            releasing.release(List.of(Releasing.account(release, null, "In release " + release)), List.of());
            lists.add(releasing.current().list().bytes());
        }
        releasing.log().close();
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < 500; i++) {
            byte[] rotten = whole.clone();
            rotten[random.nextInt(rotten.length)] ^= (byte) (1 << random.nextInt(8));
            Path torn = folder.resolve("rotten");
            Files.write(torn, rotten);
            Snapshot opened = new Reopening().open(torn);
            if (opened != null) {
                assertThat(opened.version()).isBetween(1L, 3L);
                assertThat(opened.list().bytes()).isEqualTo(lists.get((int) opened.version() - 1));
                opened.log().close();
            }
        }
    }

    @Test
    void afterReopeningItGoesOn() {
        Path file = folder.resolve("log");
        Releasing releasing = new Releasing(file);
        releasing.release(Releasing.accounts(50), List.of());
        releasing
                .log()
                .append(
                        SnapshotLog.Kind.ACCOUNT,
                        Releasing.account(99, null, "Never released.").toBytes());
        releasing.log().flush();
        releasing.log().close();
        Snapshot opened = new Reopening().open(file);
        assertThat(opened.index().accounts()).isEqualTo(50);
        long at = opened.log()
                .append(
                        SnapshotLog.Kind.ACCOUNT,
                        Releasing.account(60, "late.example", "Later.").toBytes());
        opened.log().append(SnapshotLog.Kind.RELEASE, Payload.jsonBytes(opened.release()));
        opened.log().flush();
        opened.log().close();
        Snapshot again = new Reopening().open(file);
        assertThat(again.index().accounts()).isEqualTo(51);
        assertThat(again.log().read(at).handle()).isEqualTo("late.example");
        again.log().close();
    }

    @Test
    void whatWasDiscardedIsNotPartOfTheNextRelease() {
        Path file = folder.resolve("log");
        Releasing releasing = new Releasing(file);
        releasing
                .log()
                .append(
                        SnapshotLog.Kind.ACCOUNT,
                        Releasing.account(1, null, "Rolled back.").toBytes());
        releasing.log().append(SnapshotLog.Kind.DISCARD, new byte[] {1});
        releasing.release(List.of(Releasing.account(2, null, "Released.")), List.of());
        releasing.log().close();
        Snapshot opened = new Reopening().open(file);
        assertThat(opened.index().find(1)).isNull();
        assertThat(opened.index().find(2)).isNotNull();
        opened.log().close();
    }

    @Test
    void aLogOfSeveralChunksIsReadBack() {
        Path file = folder.resolve("log");
        Releasing releasing = new Releasing(file);
        String long1 = "x".repeat(1 << 20);
        List<PublishedAccount> accounts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            accounts.add(Releasing.account(i, "user" + i + ".example", long1 + i));
        }
        releasing.release(accounts, List.of());
        assertThat(releasing.log().size()).isGreaterThan(2L * SnapshotLog.CHUNK_BYTES);
        assertThat(releasing.log().isOnDisk()).isTrue();
        byte[] list = releasing.current().list().bytes();
        byte[] range = releasing.current().range("a").bytes();
        releasing.log().close();
        assertThat(releasing.current().range("b").bytes())
                .as("mapped bytes outlive the file's closing")
                .isNotEmpty();
        Snapshot opened = new Reopening().open(file);
        assertThat(opened.list().bytes()).isEqualTo(list);
        assertThat(opened.range("a").bytes()).isEqualTo(range);
        opened.log().close();
    }

    @Test
    void whereNothingCanBeWrittenItGoesOnInMemory() throws IOException {
        Path notAFolder = folder.resolve("file");
        Files.writeString(notAFolder, "in the way");
        Releasing releasing = new Releasing(notAFolder.resolve("log"));
        releasing.release(Releasing.accounts(10), List.of());
        assertThat(releasing.log().isOnDisk()).isFalse();
        assertThat(releasing.current().manifest().accounts()).isEqualTo(10);
        assertThat(releasing.current().range("a").bytes()).isNotEmpty();
    }

    @Test
    void twoProcessesDoNotShareAFile() {
        Path file = folder.resolve("log");
        Releasing first = new Releasing(file);
        first.release(Releasing.accounts(3), List.of());
        assertThat(new Reopening().open(file)).as("while the first has it").isNull();
        Releasing second = new Releasing(file);
        second.release(Releasing.accounts(5), List.of());
        assertThat(second.log().isOnDisk()).isFalse();
        first.log().close();
        Snapshot opened = new Reopening().open(file);
        assertThat(opened.index().accounts()).isEqualTo(3);
        opened.log().close();
    }

    @Test
    void somethingElseInTheFileIsNoSnapshot() throws IOException {
        Random random = Seed.random("garbage for a log");
        Path file = folder.resolve("log");
        for (int i = 0; i < 300; i++) {
            byte[] garbage = new byte[random.nextInt(400)];
            random.nextBytes(garbage);
            Files.write(file, garbage);
            assertThat(new Reopening().open(file)).isNull();
        }
        assertThat(new Reopening().open(folder.resolve("nothing"))).isNull();
    }
}
