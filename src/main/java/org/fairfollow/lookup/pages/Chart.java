package org.fairfollow.lookup.pages;

import java.util.List;
import java.util.Set;

/**
 * A picture of evidence: what it is of, what to see in it, and the numbers it is drawn from. In English; the template says it in
 * the reader's language.
 *
 * @param id part of its address, the same for every account
 * @param caption what to see, in sentences computed from the numbers
 * @param table beneath the picture, for those who do not see it; coarser than {@code numbers} where these are many
 * @param numbers all of them, as the CSV file has them
 * @param live what the script draws it from where it can be looked into; empty where the picture says it all
 */
public record Chart(
        String id,
        String title,
        String caption,
        List<Key> keys,
        Drawing drawing,
        TableView table,
        Numbers numbers,
        String live) {

    private static final Set<String> WIDE = Set.of("days", "years", "following", "growth", "creation", KindsChart.ID);

    /**
     * What a form in the picture stands for.
     *
     * @param form class of the style sheet
     */
    public record Key(String form, String text) {}

    /** Whether it takes the whole width of the page: what shows days, and shares of one whole. */
    public boolean wide() {
        return WIDE.contains(id);
    }

    /** Where all of its numbers are, below the address of the account's page. */
    public String file() {
        return "/charts/" + id + ".csv";
    }
}
