package org.fairfollow.cli.simulation.practices;

import java.util.Set;
import org.fairfollow.detection.Practice;

/**
 * What one brigade achieved.
 *
 * @param published practices for which the account was listed at some look because of it
 * @param publishedAnyway practices for which it was listed at the same look without any brigade
 * @param signs practices for which it showed signs because of it, and nothing more
 */
record BrigadeTrial(
        Brigade.Variety variety, Set<Practice> published, Set<Practice> publishedAnyway, Set<Practice> signs) {}
