package org.fairfollow.reporter;

import io.smallrye.config.ConfigMapping;

/** How much may be asked for; application.properties has the numbers and why. */
@ConfigMapping(prefix = "fairfollow.quota")
interface QuotaSettings {
    Limit anonymous();

    Limit key();

    Reporter reporter();

    /** Measurements an hour that one address may wish for, all of which may be wished for at once. */
    int measurementsPerHour();

    /** Addresses counted apart at once; one takes about 400 bytes. */
    int addresses();

    /** What one reporter may tell, beside what its address may ask for. */
    interface Reporter {
        /** Observations a day, all of which may be told at once. */
        int perDay();

        /** Reports a day, all of which may be sent at once. */
        int reportsPerDay();

        /** Observations in one call. */
        int batch();
    }

    /** What one caller may ask for. */
    interface Limit {
        /** Units a minute, all of which may be spent at once. */
        int perMinute();

        /** Items in one batch. */
        int batch();
    }
}
