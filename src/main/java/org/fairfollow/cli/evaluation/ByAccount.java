package org.fairfollow.cli.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Reads a file's rows account by account, in bounded memory. Where the rows of an account lie together, as they should,
 * one account is held at a time; where they do not, the file is read several times, for some of its accounts each.
 *
 * @param order of an account's rows; the last ones are kept
 * @param kept rows of an account that are kept
 */
record ByAccount<T>(
        CsvFile file, Collection<String> needed, Fact<T> fact, Comparator<T> order, int kept, long bytesAPass) {
    private static final long BYTES_A_PASS = 32L << 20;

    ByAccount(CsvFile file, Collection<String> needed, Fact<T> fact, Comparator<T> order, int kept) {
        this(file, needed, fact, order, kept, BYTES_A_PASS);
    }

    interface Fact<T> {
        T read(Row row) throws RefusedRowException;
    }

    interface Accounts<T> {
        /** @param facts in order */
        void account(String account, LabelReading label, List<T> facts);
    }

    FileReading read(Labels labels, Accounts<T> accounts) throws UnfitFileException, IOException {
        Contiguity contiguity = new Contiguity();
        FileReading whole = file.read(needed, row -> contiguity.see(row.id()));
        long passes = contiguity.broken ? Math.max(1, Math.ceilDiv(Files.size(file.path()), bytesAPass)) : 1;
        if (contiguity.broken) {
            whole.note(Words.sentence(
                    "the rows of an account do not lie together, so the file was read %,d times", passes + 1));
        }
        long overfull = 0;
        for (long pass = 0; pass < passes; pass++) {
            Pass those = new Pass(pass, passes, !contiguity.broken, labels, whole, accounts);
            file.read(needed, those::read);
            those.handOver();
            overfull += those.overfull;
        }
        if (overfull > 0) {
            whole.note(Words.sentence(
                    "accounts with more than %,d rows, of which the last were judged: %,d", kept, overfull));
        }
        return whole;
    }

    private static final class Contiguity {
        private final Set<String> seen = new HashSet<>();
        private String current = "";
        private boolean broken;

        void see(String account) {
            if (!account.equals(current)) {
                broken |= !seen.add(account);
                current = account;
            }
        }
    }

    private final class Held {
        private final PriorityQueue<T> facts = new PriorityQueue<>(order);
        private boolean overfull;

        void add(T one) {
            facts.add(one);
            if (facts.size() > kept) {
                facts.remove();
                overfull = true;
            }
        }
    }

    private final class Pass {
        private final long pass;
        private final long passes;
        private final boolean contiguous;
        private final Labels labels;
        private final FileReading reading;
        private final Accounts<T> accounts;
        private final Map<String, Held> held = new LinkedHashMap<>();
        private long overfull;

        Pass(long pass, long passes, boolean contiguous, Labels labels, FileReading reading, Accounts<T> accounts) {
            this.pass = pass;
            this.passes = passes;
            this.contiguous = contiguous;
            this.labels = labels;
            this.reading = reading;
            this.accounts = accounts;
        }

        void read(Row row) throws RefusedRowException {
            String account = row.id();
            if (Math.floorMod(account.hashCode(), passes) != pass) {
                return;
            }
            if (contiguous && !held.containsKey(account)) {
                handOver();
            }
            try {
                T one = fact.read(row);
                labels.learn(account, row.word("label"));
                held.computeIfAbsent(account, unseen -> new Held()).add(one);
            } catch (RefusedRowException e) {
                reading.refused(e.code());
            }
        }

        void handOver() {
            held.forEach((account, rows) -> {
                reading.account();
                overfull += rows.overfull ? 1 : 0;
                accounts.account(
                        account,
                        labels.reading(account),
                        rows.facts.stream().sorted(order).toList());
            });
            held.clear();
        }
    }
}
