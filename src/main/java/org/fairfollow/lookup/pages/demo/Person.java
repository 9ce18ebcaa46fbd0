package org.fairfollow.lookup.pages.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fairfollow.account.Account;

/** Somebody invented, as the site shows people. What is not in the store is drawn from the DID, always alike. */
record Person(int id, String name, String handle, String did, String about) {
    /** Every invented handle ends so; nobody else is shown here. */
    static final String DOMAIN = ".demo.example";

    private static final List<String> ABOUT = List.of(
            "Bread, bicycles and the occasional opinion about soup.",
            "Counting swifts since spring.",
            "Here for the long walks and the short posts.",
            "Knits, reads, forgets where the tea is.",
            "Growing tomatoes on a north-facing balcony, against all advice.",
            "Mostly trains. Sometimes the sea.",
            "Learning the accordion; the neighbours know.",
            "Maps, mostly of places that are not there.");

    private static final List<String> POSTS = List.of(
            "Good morning from the invented side of the internet.",
            "Today's bread turned out well.",
            "Does anybody else count the swifts every evening?",
            "The train was on time. I have no further questions.",
            "Reading in the garden until it rains.",
            "Second attempt at the blue sweater.",
            "Is it too early for soup?",
            "The ferry came in with its lights on in broad daylight.",
            "Found the tea. It was in the other cupboard.",
            "Low tide, new shells, old dog, happy.");

    private static final List<String> AGES = List.of("2 h", "9 h", "1 d");

    record Post(String text, String age) {}

    /** Empty for an account without a current invented handle. */
    static Optional<Person> of(Account account) {
        String handle = account.handle();
        String did = account.nativeId();
        if (handle == null || did == null || !handle.endsWith(DOMAIN)) {
            return Optional.empty();
        }
        return Optional.of(new Person(account.id(), nameOf(handle), handle, did, drawn(ABOUT, did, 1)));
    }

    /** "ada-lovelace12.demo.example" is called Ada Lovelace. */
    private static String nameOf(String handle) {
        String local = handle.substring(0, handle.length() - DOMAIN.length());
        String name = Arrays.stream(local.replaceAll("[0-9]", "").split("[-.]+"))
                .filter(part -> !part.isEmpty())
                .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
                .collect(Collectors.joining(" "));
        return name.isEmpty() ? handle : name;
    }

    List<Post> posts() {
        List<Post> posts = new ArrayList<>();
        int first = Math.floorMod(did.hashCode(), POSTS.size());
        for (int i = 0; i < AGES.size(); i++) {
            posts.add(new Post(POSTS.get((first + 3 * i) % POSTS.size()), AGES.get(i)));
        }
        return posts;
    }

    String profile() {
        return "/demo/profile/" + handle;
    }

    /** With the DID in it, as avatars on bsky.app have: it tells accounts apart where handles change hands. */
    String avatar() {
        return "/demo/img/avatar/plain/" + did + "/drawn";
    }

    private static String drawn(List<String> from, String did, int question) {
        return from.get(Math.floorMod(31 * did.hashCode() + question, from.size()));
    }
}
