package org.fairfollow.publication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What an operator may set about releases. */
@ConfigMapping(prefix = "fairfollow.publication")
interface PublicationSettings {
    /** Where the snapshot is kept; nowhere when empty. */
    Optional<String> folder();

    /** Between releases, so that many small changes become one. */
    @WithDefault("10s")
    Duration interval();

    /** The snapshot counts as stale when the database could not be asked for so long. */
    @WithDefault("15s")
    Duration staleAfter();

    /** So many changes in an hour are let pass whatever the list's size. */
    @WithDefault("1000")
    int plausibleChanges();

    /** More changes in an hour than this share of the listed accounts wait for an operator. */
    @WithDefault("0.25")
    double plausibleShare();
}
