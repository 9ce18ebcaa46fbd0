package org.fairfollow.lookup.pages.demo;

/** A face for somebody invented: a hill and a sun in colours drawn from the DID. */
final class Avatar {
    private Avatar() {}

    /** An SVG image; nothing of {@code did} stands in it but numbers. */
    static String svg(String did) {
        int drawn = did.hashCode();
        int hue = Math.floorMod(drawn, 360);
        int sunX = 22 + Math.floorMod(drawn >> 9, 52);
        int sunY = 26 + Math.floorMod(drawn >> 15, 16);
        int left = 50 + Math.floorMod(drawn >> 19, 22);
        int right = 50 + Math.floorMod(drawn >> 23, 22);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">
                <linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(%1$d 75%% 78%%)"/>\
                <stop offset="1" stop-color="hsl(%2$d 80%% 88%%)"/></linearGradient>
                <path fill="url(#sky)" d="M0 0h96v96H0z"/>
                <circle cx="%3$d" cy="%4$d" r="11" fill="hsl(%5$d 90%% 94%%)"/>
                <path fill="hsl(%1$d 45%% 52%%)" d="M0 %6$dQ30 %7$d 56 66T96 %7$dV96H0z"/>
                <path fill="hsl(%1$d 50%% 38%%)" d="M0 84Q40 %6$d 96 82V96H0z"/>
                </svg>
                """.formatted(hue, (hue + 40) % 360, sunX, sunY, (hue + 60) % 360, left, right);
    }
}
