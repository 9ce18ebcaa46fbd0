package org.fairfollow.verdict;

/**
 * What the rules find where there is nothing to find: the labels that carry the accusation shuffled within each account.
 *
 * @param listed accounts that would be listed all the same
 * @param judged accounts judged so
 */
public record Placebo(int listed, int judged) {}
