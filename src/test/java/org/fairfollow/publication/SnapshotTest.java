package org.fairfollow.publication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.fairfollow.account.AccountHash;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {
    @Test
    void theSameListedAccountsMakeTheSameBytesInAnyOrder() {
        Random random = Seed.random("orders of a snapshot");
        List<PublishedAccount> listed = Releasing.accounts(600);
        Snapshot first = Releasing.snapshot(listed);
        for (int i = 0; i < 3; i++) {
            List<PublishedAccount> shuffled = new ArrayList<>(listed);
            Collections.shuffle(shuffled, random);
            assertSameBytes(Releasing.snapshot(shuffled), first);
        }
    }

    @Test
    void releaseAfterReleaseMakesTheSameBytesAsAllAtOnce() {
        Random random = Seed.random("releases one after the other");
        Releasing releasing = new Releasing();
        for (int release = 0; release < 30; release++) {
            List<PublishedAccount> said = new ArrayList<>();
            List<Integer> gone = new ArrayList<>();
            for (int i = 0; i < random.nextInt(60); i++) {
                int id = random.nextInt(200);
                if (random.nextInt(3) == 0) {
                    gone.add(id);
                } else {
                    said.removeIf(account -> account.accountId() == id);
                    String handle = random.nextInt(4) == 0 ? null : "user" + random.nextInt(400) + ".example";
                    said.add(Releasing.account(id, handle, "Said in release " + release + "."));
                }
            }
            gone.removeIf(id -> said.stream().anyMatch(account -> account.accountId() == id));
            releasing.release(said, gone);
        }
        assertSameBytes(releasing.allAtOnce(), releasing.current());
    }

    private static void assertSameBytes(Snapshot one, Snapshot other) {
        assertThat(one.list().bytes()).isEqualTo(other.list().bytes());
        assertThat(Snapshot.contentSha256(one.log(), one.index()))
                .isEqualTo(Snapshot.contentSha256(other.log(), other.index()));
        for (int prefix = 0; prefix < 256; prefix++) {
            String hex = HexFormat.of().toHexDigits((byte) prefix);
            assertThat(one.range(hex).bytes()).isEqualTo(other.range(hex).bytes());
            assertThat(one.range(hex).etag()).isEqualTo(other.range(hex).etag());
        }
    }

    @Test
    void listAndRangesHoldEveryAccountUnderItsIdAndItsHandleAndNobodyElse()
            throws IOException, InvalidAccountException {
        List<PublishedAccount> listed = Releasing.accounts(600);
        Snapshot snapshot = Releasing.snapshot(listed);
        TreeSet<String> hashes = new TreeSet<>();
        for (PublishedAccount one : listed) {
            hashes.add(Network.BLUESKY.nativeId(one.nativeId()).hash().hex());
            if (one.handle() != null) {
                hashes.add(Network.BLUESKY.parse(one.handle()).hash().hex());
            }
        }
        TreeSet<String> inRanges = new TreeSet<>();
        for (int prefix = 0; prefix < 16; prefix++) {
            String hex = Integer.toHexString(prefix);
            List<String> inOrder = new ArrayList<>();
            for (JsonNode entry :
                    new ObjectMapper().readTree(snapshot.range(hex).bytes()).get("entries")) {
                inOrder.add(entry.get("hash").asText());
                assertThat(entry.get("verdicts").get(0).get("standing").asText())
                        .isEqualTo("likely");
                assertThat(entry.get("verdicts"))
                        .as("what is not listed stays out")
                        .hasSize(1);
            }
            assertThat(inOrder).isSorted().allMatch(hash -> hash.startsWith(hex));
            inRanges.addAll(inOrder);
        }
        assertThat(inRanges).isEqualTo(hashes);
        int[] entries = ListCodec.decode(snapshot.list().bytes());
        assertThat(entries)
                .isEqualTo(hashes.stream()
                        .mapToInt(hash -> Integer.parseUnsignedInt(hash.substring(0, 8), 16))
                        .distinct()
                        .toArray());
        assertThat(snapshot.manifest().entries()).isEqualTo(entries.length);
        assertThat(snapshot.manifest().accounts()).isEqualTo(600);
        assertThat(snapshot.manifest().sha256()).isEqualTo(snapshot.list().sha256());
        assertThat(snapshot.manifest().bytes()).isEqualTo(snapshot.list().bytes().length);
    }

    @Test
    void whoIsListedIsFoundByItsNames() throws InvalidAccountException {
        PublishedAccount one = Releasing.account(1, "a.example", "One.");
        PublishedAccount nameless = Releasing.account(2, null, "Two.");
        Snapshot snapshot = Releasing.snapshot(List.of(one, nameless));
        assertThat(snapshot.find(Network.BLUESKY.parse("a.example")))
                .hasValueSatisfying(found -> assertThat(found.accountId()).isEqualTo(1));
        assertThat(snapshot.find(Network.BLUESKY.parse("did:plc:n2")))
                .hasValueSatisfying(
                        found -> assertThat(found.saysTheSameAs(nameless)).isTrue());
        assertThat(snapshot.find(Network.BLUESKY.parse("b.example"))).isEmpty();
    }

    /** A handle that changed hands counts for whoever was published under it last, and never for both. */
    @Test
    void aHandleOfTwoAccountsCountsForTheLaterOne() throws IOException, InvalidAccountException {
        Releasing releasing = new Releasing();
        releasing.release(List.of(Releasing.account(7, "taken.example", "The former holder.")), List.of());
        releasing.release(List.of(Releasing.account(3, "taken.example", "The new holder.")), List.of());
        Snapshot snapshot = releasing.current();
        AccountHash hash = Network.BLUESKY.parse("taken.example").hash();
        assertThat(snapshot.find(Network.BLUESKY.parse("taken.example"))
                        .orElseThrow()
                        .accountId())
                .isEqualTo(3);
        JsonNode entries = new ObjectMapper()
                .readTree(snapshot.range(hash.hex().substring(0, 1)).bytes())
                .get("entries");
        List<String> statements = new ArrayList<>();
        entries.forEach(entry -> {
            if (entry.get("hash").asText().equals(hash.hex())) {
                statements.add(entry.get("verdicts").get(0).get("statement").asText());
            }
        });
        assertThat(statements).containsExactly("The new holder.");
        assertSameBytes(releasing.allAtOnce(), snapshot);
    }

    @Test
    void rangesHaveTheLengthOfASizeClassAndPaddingThatIsTheSameEverywhere() throws IOException {
        for (int accounts : new int[] {0, 1, 5, 40, 300}) {
            Snapshot snapshot = Releasing.snapshot(Releasing.accounts(accounts));
            for (int prefix = 0; prefix < 16; prefix++) {
                byte[] range = snapshot.range(Integer.toHexString(prefix)).bytes();
                int length = range.length;
                int base = Integer.highestOneBit(length);
                assertThat(length == base || length == base + base / 2)
                        .as("a power of two, or one and a half: " + length)
                        .isTrue();
                assertThat(length).isGreaterThanOrEqualTo(1_024);
                JsonNode read = new ObjectMapper().readTree(range);
                assertThat(read.get("padding").asText()).matches("[A-Za-z0-9_-]*");
                assertThat(deflated(read.get("padding").asText()))
                        .as("compressing does not take it away")
                        .isGreaterThan(read.get("padding").asText().length() * 7 / 10);
            }
        }
    }

    private static int deflated(String text) {
        java.util.zip.Deflater deflater = new java.util.zip.Deflater(9);
        deflater.setInput(text.getBytes(StandardCharsets.US_ASCII));
        deflater.finish();
        byte[] out = new byte[2 * text.length() + 64];
        int length = deflater.deflate(out);
        deflater.end();
        return length;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1024",
        "1024, 1024",
        "1025, 1536",
        "1536, 1536",
        "1537, 2048",
        "2049, 3072",
        "3073, 4096",
        "40000, 49152"
    })
    void sizeClasses(int length, int size) {
        assertThat(RangeBytes.sizeClass(length)).isEqualTo(size);
    }

    @Test
    void anEmptyRangeDiffersFromPrefixToPrefixInItsPaddingAlone() throws IOException {
        Snapshot snapshot = Releasing.snapshot(List.of());
        JsonNode one = new ObjectMapper().readTree(snapshot.range("0").bytes());
        JsonNode other = new ObjectMapper().readTree(snapshot.range("1").bytes());
        assertThat(one.get("entries")).isEmpty();
        assertThat(other.get("entries")).isEmpty();
        assertThat(one.get("padding")).isNotEqualTo(other.get("padding"));
    }

    /** Prefixes stay so short that some 32 listed keys share one, once there are so many, and do not waver. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 1",
        "7167, 1, 1",
        "7168, 1, 2",
        "4096, 2, 2",
        "4095, 2, 1",
        "114687, 2, 2",
        "114688, 2, 3",
        "2000000, 1, 4",
        "1835008, 3, 4",
        "1048576, 4, 4",
        "1048575, 4, 3",
        "2147483647, 1, 6"
    })
    void prefixLength(int keys, int former, int length) {
        assertThat(PrefixLength.of(keys, former)).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({
        "8000, 1, PT1H, 1, grown a little and changed an hour ago: it waits",
        "8000, 1, PT24H, 2, a day later it may",
        "130000, 1, PT1H, 3, grown a lot: ranges would hold too much",
        "4000, 2, PT1H, 1, shrunk: ranges would name too few"
    })
    void aPrefixLengthIsChangedOnceADayUnlessItMust(int keys, int former, Duration age, int length, String why) {
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        assertThat(PrefixLength.next(keys, former, now.minus(age), now)).as(why).isEqualTo(length);
    }

    @Test
    void theFormerPrefixLengthStaysValidForADay() {
        Instant changed = Instant.parse("2026-11-22T10:00:00Z");
        Snapshot snapshot = Releasing.withPrefixLengths(2, 1, changed);
        assertThat(snapshot.takesPrefixLength(2, changed)).isTrue();
        assertThat(snapshot.takesPrefixLength(1, changed.plus(Duration.ofHours(23))))
                .isTrue();
        assertThat(snapshot.takesPrefixLength(1, changed.plus(Duration.ofHours(24))))
                .isFalse();
        assertThat(snapshot.takesPrefixLength(3, changed)).isFalse();
    }

    @Test
    void deltasLeadFromEveryVersionThatIsKeptToTheNewestThree() {
        Random random = Seed.random("deltas");
        Releasing releasing = new Releasing();
        List<int[]> lists = new ArrayList<>();
        List<byte[]> bytes = new ArrayList<>();
        for (int release = 0; release < 60; release++) {
            int id = random.nextInt(50);
            if (random.nextBoolean()) {
                releasing.release(List.of(Releasing.account(id, "u" + id + ".example", "In " + release)), List.of());
            } else {
                releasing.release(List.of(), List.of(id));
            }
            bytes.add(releasing.current().list().bytes());
            lists.add(ListCodec.decode(bytes.getLast()));
        }
        Snapshot newest = releasing.current();
        Snapshot other = releasing.allAtOnce();
        long version = newest.version();
        for (long to = version; to > version - Snapshot.VERSIONS; to--) {
            assertThat(newest.list(to).orElseThrow().bytes()).isEqualTo(bytes.get((int) to - 1));
            assertThat(other.list(to).orElseThrow().etag())
                    .isEqualTo(newest.list(to).orElseThrow().etag());
            for (long older = 1; older < to; older++) {
                Payload payload = newest.delta(older, to).orElseThrow();
                assertThat(other.delta(older, to).orElseThrow().etag()).isEqualTo(payload.etag());
                ListDelta delta = ListDelta.decode(payload.bytes());
                assertThat(delta.to()).isEqualTo(to);
                assertThat(delta.apply(lists.get((int) older - 1))).isEqualTo(lists.get((int) to - 1));
            }
            assertThat(newest.delta(to, to)).isEmpty();
            assertThat(newest.delta(to + 1, to)).isEmpty();
            assertThat(newest.delta(-1, to)).isEmpty();
        }
        long older = version - Snapshot.VERSIONS;
        assertThat(newest.list(older)).isEmpty();
        assertThat(newest.delta(1, older)).isEmpty();
        assertThat(newest.list(version + 1)).isEmpty();
        assertThat(newest.delta(1, version + 1)).isEmpty();
    }

    /** Version {@code version} of an empty list, reached by these steps. */
    private static Snapshot after(long version, List<ListDelta> steps) {
        return new Snapshot(Releasing.at(version), SnapshotLog.create(null), Index.EMPTY, steps, List.of());
    }

    private static ListDelta step(long to, int... added) {
        return ListDelta.between(to - 1, to, new int[0], added);
    }

    @Test
    void noMoreStepsAreKeptThanADaysAndNoneThatLeadsNowhere() {
        List<ListDelta> steps = new ArrayList<>();
        for (long to = 1; to <= Snapshot.DELTAS + 5; to++) {
            steps.add(step(to));
        }
        long version = steps.size();
        Snapshot snapshot = after(version, steps);
        assertThat(snapshot.delta(version - Snapshot.DELTAS)).isPresent();
        assertThat(snapshot.delta(version - Snapshot.DELTAS - 1)).isEmpty();
        assertThat(snapshot.deltas()).hasSize(Snapshot.DELTAS);

        // As when an earlier version of the service kept fewer of them in the database.
        steps.remove(steps.size() - 3);
        Snapshot broken = after(version, steps);
        assertThat(broken.deltas()).hasSize(2);
        assertThat(broken.delta(version - 2)).isPresent();
        assertThat(broken.delta(version - 3)).isEmpty();
        assertThat(after(version, steps.subList(0, steps.size() - 1)).deltas()).isEmpty();
    }

    @Test
    void stepsAreKeptOnlyAsFarAsTheyAreShorterThanTheList() {
        int[] many = IntStream.range(0, Snapshot.mostChanges(0) - 1).toArray();
        List<ListDelta> steps = List.of(
                step(1, 1, 2),
                ListDelta.between(1, 2, new int[0], many),
                ListDelta.between(2, 3, many, Arrays.copyOf(many, many.length - 1)));
        assertThat(after(3, steps).deltas()).hasSize(2);
        assertThat(after(3, steps).delta(0)).isEmpty();
        assertThat(Snapshot.mostChanges(50_000)).isEqualTo(25_000);
        assertThat(Snapshot.mostChanges(5_000_000)).isEqualTo(100_000);
    }

    @Test
    void theDumpHoldsEveryAccountOnceAndIsTheSameWhetherMadeAnewOrFromTheOneBefore(@TempDir Path folder)
            throws IOException {
        Releasing releasing = new Releasing();
        releasing.release(Releasing.accounts(300), List.of());
        Dump before = Dump.write(releasing.current(), folder.resolve("before"), null);
        releasing.release(List.of(Releasing.account(5, "anew.example", "Said anew.")), List.of(6, 7));
        Dump from = Dump.write(releasing.current(), folder.resolve("from"), before);
        Dump anew = Dump.write(releasing.current(), folder.resolve("anew"), null);
        assertThat(Files.readAllBytes(from.file())).isEqualTo(Files.readAllBytes(anew.file()));
        assertThat(from.manifest()).isEqualTo(anew.manifest());
        List<String> lines;
        try (var in = new GZIPInputStream(Files.newInputStream(from.file()))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(lines).hasSize(298).doesNotHaveDuplicates();
        assertThat(from.manifest().accounts()).isEqualTo(298);
        assertThat(from.manifest().verdicts()).isEqualTo(298);
        assertThat(from.manifest().bytes()).isEqualTo(Files.size(from.file()));
        assertThat(from.manifest().sha256())
                .isEqualTo(Payload.of(Files.readAllBytes(from.file())).sha256());
        assertThat(lines).anyMatch(line -> line.contains("Said anew."));
    }

    @Test
    void aDumpOfNothingIsGzipToo(@TempDir Path folder) throws IOException {
        Dump dump = Dump.write(Releasing.snapshot(List.of()), folder.resolve("empty"), null);
        try (var in = new GZIPInputStream(Files.newInputStream(dump.file()))) {
            assertThat(in.readAllBytes()).isEmpty();
        }
        assertThat(dump.manifest().accounts()).isZero();
    }

    @Test
    void hashesSortAsTheirHexDoes() {
        List<AccountHash> hashes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            hashes.add(AccountHash.ofKey("x:@user" + i));
        }
        Collections.sort(hashes);
        assertThat(hashes.stream().map(AccountHash::hex)).isSorted();
    }
}
