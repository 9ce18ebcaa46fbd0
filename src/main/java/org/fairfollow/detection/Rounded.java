package org.fairfollow.detection;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as published: rounded so that none overstates, and alike on every processor. */
public final class Rounded {
    private static final MathContext TWELVE_DIGITS = new MathContext(12);

    private Rounded() {}

    public static double nearest(double value, int decimals) {
        return to(value, decimals, RoundingMode.HALF_UP);
    }

    /** For lower bounds. */
    public static double down(double value, int decimals) {
        return to(value, decimals, RoundingMode.FLOOR);
    }

    /** For upper bounds. */
    public static double up(double value, int decimals) {
        return to(value, decimals, RoundingMode.CEILING);
    }

    /** As in a sentence: no decimal point without need. */
    public static String text(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static double to(double value, int decimals, RoundingMode mode) {
        // Twelve digits: so that the last bits of the arithmetic neither lift 29.000000000000004 to 30 nor differ
        // between processors.
        return BigDecimal.valueOf(value)
                .round(TWELVE_DIGITS)
                .setScale(decimals, mode)
                .doubleValue();
    }
}
