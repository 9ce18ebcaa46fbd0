package org.fairfollow.cli.simulation;

/** Invented identities: every account number has one DID and one readable handle, unlike any other's. */
final class Names {
    /** Reserved by RFC 2606, so that no invented handle can belong to anybody. */
    static final String DOMAIN = ".demo.example";

    private static final String[] FIRST = """
            ada aiko amir amara ana anton bao bela carla chidi clara daniel dara diego dina ebba elif emil esra fatou
            felix freya gita hana hugo ines ivan jana jonas june kai karim kofi lara lena leo lin luca maria mateo maya
            mika milan mina nadia nico nils noor olga omar pablo paula priya rafa rosa sami sara selma sven tara theo
            tomas uma vera wanja yara yusuf zoe""".split("\\s+");
    private static final String[] LAST = """
            abbas acosta adeyemi alves baker barros berg bianchi blom bruno castro chen cohen costa dahl diallo dubois
            engel eriksen farah ferrari fischer flores garcia gupta haddad hansen horvat ito jansen kaya keller khan
            kimura klein kovac kruger larsen lee levy lopez mbeki meyer mensah mora moreau nagy novak okafor olsen
            ortiz park patel petrov popa ramos rossi santos sato silva singh sousa tanaka vega vogel weber wolf
            yilmaz""".split("\\s+");
    /** Two digits at least: few enough to read, enough for half a million people of different names. */
    private static final int FEWEST_NUMBERS = 90;

    private final long seed;
    private final Tour tour;

    Names(int accounts, long seed) {
        int namesakes = FIRST.length * LAST.length;
        this.seed = seed;
        this.tour =
                Tour.of(namesakes * Math.max(FEWEST_NUMBERS, Math.ceilDiv(accounts, namesakes)), seed, Question.NAME);
    }

    String did(int account) {
        return "did:plc:"
                + Base32.of(Chance.bits(seed, account, Question.DID), 12)
                + Base32.of(Chance.bits(seed, account, Question.DID_END), 12);
    }

    String handle(int account) {
        return joined(account, '-');
    }

    /** The handle after a rename; no other account has or had it. */
    String newHandle(int account) {
        return joined(account, '.');
    }

    private String joined(int account, char separator) {
        int place = tour.stop(account);
        String first = FIRST[place % FIRST.length];
        String last = LAST[place / FIRST.length % LAST.length];
        return first + separator + last + (10 + place / (FIRST.length * LAST.length)) + DOMAIN;
    }
}
