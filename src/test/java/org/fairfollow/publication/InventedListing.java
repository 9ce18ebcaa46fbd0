package org.fairfollow.publication;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Spark;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;

/** Any number of listed accounts that are nobody's: names by number, and what a detector once found with other figures for each. */
final class InventedListing {
    static final long AS_OF = 1_795_341_600;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int DID_LETTERS = 24;

    private final Finding model;

    private record Capture(Finding finding) {}

    InventedListing() {
        ObjectMapper json = new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .disable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        try (InputStream capture = InventedListing.class.getResourceAsStream("/captures/follow-churn/present.json")) {
            model = json.readValue(capture, Capture.class).finding();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Account account(int id) {
        SplittableRandom random = new SplittableRandom(id);
        StringBuilder did = new StringBuilder("did:plc:");
        for (int i = 0; i < DID_LETTERS; i++) {
            did.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return new Account(id, Network.BLUESKY, did.toString(), "listed" + id + ".example", AS_OF);
    }

    static AccountName nativeId(Account account) {
        return new AccountName(
                account.network(), AccountName.Kind.NATIVE_ID, Objects.requireNonNull(account.nativeId()));
    }

    static AccountName handle(Account account) {
        return new AccountName(account.network(), AccountName.Kind.HANDLE, Objects.requireNonNull(account.handle()));
    }

    /** @param round another one finds other figures */
    Verdict verdict(Account account, int round) {
        SplittableRandom random = new SplittableRandom(((long) round << 32) + account.id());
        Finding finding = new Finding(
                model.practice(),
                model.detector(),
                model.opinion(),
                model.strict(),
                String.format(
                        Locale.ROOT,
                        "25 Aug – 22 Nov, %d follows. Of follows not returned, about %d in 100 were dropped within 28 days (at least"
                                + " %d). At the same age they were dropped %d times as often as returned ones (at least %.1f).",
                        random.nextInt(200, 4_000),
                        random.nextInt(60, 99),
                        random.nextInt(41, 60),
                        random.nextInt(8, 40),
                        random.nextDouble(2, 8)),
                model.reasons().stream()
                        .map(reason -> withOwnFigures(reason, random))
                        .toList(),
                model.alibis(),
                new Spark(Objects.requireNonNull(model.spark()).from(), counts(random), counts(random)),
                model.missing(),
                model.caveats(),
                model.sources(),
                model.tables(),
                model.lastEvidenceAt(),
                model.weight());
        return Verdict.undecided(account.id(), Standing.LIKELY, account.handle(), finding, AS_OF, AS_OF + 90 * 86_400L);
    }

    private static Reason withOwnFigures(Reason model, SplittableRandom random) {
        double factor = random.nextDouble(.8, 1.2);
        return new Reason(
                model.code(),
                rounded(model.value() * factor),
                model.interval() == null
                        ? null
                        : model.interval().stream()
                                .map(bound -> rounded(bound * factor))
                                .toList(),
                model.threshold(),
                Math.round(model.n() * factor),
                model.from(),
                model.to());
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    private static List<Integer> counts(SplittableRandom random) {
        return IntStream.range(0, 28).mapToObj(day -> random.nextInt(0, 40)).toList();
    }

    PublishedAccount published(int id, long version) {
        Account account = account(id);
        return Objects.requireNonNull(PublishedAccount.of(account, List.of(verdict(account, 0)), version));
    }

    /** A finding as the ledger keeps it. */
    static byte[] stored(Finding finding) {
        return Zstd.compress(Payload.jsonBytes(finding));
    }
}
