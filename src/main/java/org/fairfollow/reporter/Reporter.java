package org.fairfollow.reporter;

/**
 * Somebody who tells what they saw; nothing is known of them.
 *
 * @param number internal; it is never told
 */
public record Reporter(long number) {}
