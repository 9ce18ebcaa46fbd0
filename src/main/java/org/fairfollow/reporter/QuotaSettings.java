package org.fairfollow.reporter;

import io.smallrye.config.ConfigMapping;

/** How much may be asked for; application.properties has the numbers and why. */
@ConfigMapping(prefix = "fairfollow.quota")
interface QuotaSettings {
    Limit anonymous();

    Limit key();

    /** Addresses counted apart at once; one takes about 300 bytes. */
    int addresses();

    /** What one caller may ask for. */
    interface Limit {
        /** Units a minute, all of which may be spent at once. */
        int perMinute();

        /** Items in one batch. */
        int batch();
    }
}
