package org.fairfollow.publication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountHash;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.testing.Seed;
import org.fairfollow.verdict.Placebo;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {
    private static final Snapshot.Release RELEASE = new Snapshot.Release(
            3, Instant.parse("2026-11-22T10:00:00Z"), "0123456789abcdef", false, new Placebo(0, 12));

    @Test
    void theSameListedAccountsMakeTheSameBytesInAnyOrder() {
        Random random = Seed.random("orders of a snapshot");
        List<Listed> listed = listed(600);
        Snapshot first = Snapshot.build(RELEASE, listed);
        for (int i = 0; i < 3; i++) {
            List<Listed> shuffled = new ArrayList<>(listed);
            Collections.shuffle(shuffled, random);
            Snapshot other = Snapshot.build(RELEASE, shuffled);
            assertThat(other.list().bytes()).isEqualTo(first.list().bytes());
            assertThat(other.manifestPayload().bytes())
                    .isEqualTo(first.manifestPayload().bytes());
            assertThat(other.contentSha256()).isEqualTo(first.contentSha256());
            for (int prefix = 0; prefix < 16; prefix++) {
                String hex = Integer.toHexString(prefix);
                assertThat(other.range(hex).bytes()).isEqualTo(first.range(hex).bytes());
                assertThat(other.range(hex).etag()).isEqualTo(first.range(hex).etag());
            }
        }
    }

    @Test
    void listAndRangesHoldEveryAccountUnderItsIdAndItsHandleAndNobodyElse()
            throws IOException, InvalidAccountException {
        List<Listed> listed = listed(600);
        Snapshot snapshot = Snapshot.build(RELEASE, listed);
        TreeSet<String> hashes = new TreeSet<>();
        for (Listed one : listed) {
            hashes.add(Network.BLUESKY.nativeId(one.account().nativeId()).hash().hex());
            if (one.account().handle() != null) {
                hashes.add(Network.BLUESKY.parse(one.account().handle()).hash().hex());
            }
        }
        assertThat(snapshot.prefixLength()).isEqualTo(1);
        TreeSet<String> inRanges = new TreeSet<>();
        for (int prefix = 0; prefix < 16; prefix++) {
            String hex = Integer.toHexString(prefix);
            List<String> inOrder = new ArrayList<>();
            for (JsonNode entry :
                    new ObjectMapper().readTree(snapshot.range(hex).bytes()).get("entries")) {
                inOrder.add(entry.get("hash").asText());
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
        assertThat(snapshot.manifest().sha256()).isEqualTo(snapshot.list().sha256());
        assertThat(snapshot.manifest().bytes()).isEqualTo(snapshot.list().bytes().length);
    }

    @Test
    void whoIsListedIsFoundByItsNames() throws InvalidAccountException {
        Listed one = one(1, "a.example");
        Listed nameless = one(2, null);
        Snapshot snapshot = Snapshot.build(RELEASE, List.of(one, nameless));
        assertThat(snapshot.find(Network.BLUESKY.parse("a.example"))).contains(one);
        assertThat(snapshot.find(Network.BLUESKY.parse("did:plc:n1"))).contains(one);
        assertThat(snapshot.find(Network.BLUESKY.parse("did:plc:n2"))).contains(nameless);
        assertThat(snapshot.find(Network.BLUESKY.parse("b.example"))).isEmpty();
    }

    @Test
    void anythingThatShowsMakesOtherContent() {
        Snapshot before = Snapshot.build(RELEASE, List.of(one(1, "a.example")));
        assertThat(Snapshot.build(RELEASE, List.of(one(1, "b.example"))).contentSha256())
                .isNotEqualTo(before.contentSha256());
        assertThat(Snapshot.build(RELEASE, List.of(one(1, null))).contentSha256())
                .isNotEqualTo(before.contentSha256());
        assertThat(Snapshot.build(RELEASE, List.of()).contentSha256()).isNotEqualTo(before.contentSha256());
        Snapshot.Release next = new Snapshot.Release(
                4, RELEASE.publishedAt().plusSeconds(60), RELEASE.epoch(), RELEASE.demo(), RELEASE.placebo());
        Snapshot later = Snapshot.build(next, List.of(one(1, "a.example")));
        assertThat(later.contentSha256()).as("another version of the same").isEqualTo(before.contentSha256());
        assertThat(later.list().bytes()).isNotEqualTo(before.list().bytes());
        assertThat(later.range("0").etag()).isEqualTo(before.range("0").etag());
    }

    /** Prefixes stay so short that some 32 listed accounts share one, once there are so many. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "511, 1", "8191, 1", "8192, 2", "131071, 2", "131072, 3", "2097152, 4", "2147483647, 6"
    })
    void prefixLength(int accounts, int length) {
        assertThat(Snapshot.prefixLength(accounts)).isEqualTo(length);
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

    private static List<Listed> listed(int count) {
        List<Listed> listed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            listed.add(one(i, i % 3 == 0 ? null : "user" + i + ".example"));
        }
        return listed;
    }

    private static Listed one(int id, String handle) {
        Finding finding = new Finding(
                Practice.FOLLOW_CHURN,
                "follow-churn/1",
                Opinion.PRESENT,
                false,
                "What was observed.",
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                new Finding.Sources(1, 0),
                List.of(),
                1_795_000_000,
                0);
        Account account = new Account(id, Network.BLUESKY, "did:plc:n" + id, handle, 1_795_000_000);
        return new Listed(account, List.of(new Verdict(id, Standing.LIKELY, handle, finding, 1_795_000_000, 0)));
    }
}
