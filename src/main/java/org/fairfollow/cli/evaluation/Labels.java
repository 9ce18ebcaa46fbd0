package org.fairfollow.cli.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The labels of a data set's accounts: one each, whichever of its files tells it first. */
final class Labels {
    private final Map<String, String> byAccount = new HashMap<>();

    /** How many accounts carry a label; the empty label is none. */
    record LabelFigures(String label, LabelReading reading, long accounts) {}

    /**
     * @param told what a row says; empty: nothing
     * @throws RefusedRowException if an earlier row said something else
     */
    void learn(String account, String told) throws RefusedRowException {
        String known = byAccount.getOrDefault(account, "");
        if (known.isEmpty()) {
            byAccount.put(account, told);
        } else if (!told.isEmpty() && !known.equals(told)) {
            throw new RefusedRowException("conflicting-label");
        }
    }

    LabelReading reading(String account) {
        return LabelReading.of(byAccount.getOrDefault(account, ""));
    }

    List<LabelFigures> figures() {
        Map<String, Long> counts = new TreeMap<>();
        byAccount.values().forEach(label -> counts.merge(label, 1L, Long::sum));
        return counts.entrySet().stream()
                .map(entry -> new LabelFigures(entry.getKey(), LabelReading.of(entry.getKey()), entry.getValue()))
                .toList();
    }
}
