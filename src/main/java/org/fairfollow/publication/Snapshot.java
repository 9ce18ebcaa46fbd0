package org.fairfollow.publication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fairfollow.account.AccountHash;
import org.fairfollow.account.AccountName;
import org.fairfollow.verdict.Placebo;

/** One immutable release: everything that is published, ready to be sent. */
public final class Snapshot {
    /** Listed accounts in a range, at least, once the list is long enough: among so many nobody can be told. */
    private static final int ACCOUNTS_A_RANGE = 32;

    private static final int LONGEST_PREFIX = 8;

    private final ListManifest manifest;
    private final Payload manifestPayload;
    private final Payload list;
    private final Map<String, Payload> ranges;
    private final Payload emptyRange;
    private final Map<AccountName, Listed> byName;
    private final String contentSha256;

    private Snapshot(
            ListManifest manifest,
            Payload list,
            Map<String, Payload> ranges,
            Payload emptyRange,
            Map<AccountName, Listed> byName,
            String contentSha256) {
        this.manifest = manifest;
        this.manifestPayload = Payload.json(manifest);
        this.list = list;
        this.ranges = ranges;
        this.emptyRange = emptyRange;
        this.byName = byName;
        this.contentSha256 = contentSha256;
    }

    /** What tells one release from another. */
    record Release(long version, Instant publishedAt, String epoch, boolean demo, Placebo placebo) {}

    private record Range(List<Entry> entries) {
        record Entry(String hash, AccountJson account, List<VerdictJson> verdicts) {}
    }

    /** Builds the release from what is listed: the same input makes the same bytes. */
    static Snapshot build(Release release, Collection<Listed> listed) {
        TreeMap<AccountHash, Range.Entry> entries = new TreeMap<>();
        Map<AccountName, Listed> byName = new HashMap<>();
        for (Listed one : listed) {
            AccountJson account = AccountJson.of(one.account());
            List<VerdictJson> verdicts =
                    one.verdicts().stream().map(VerdictJson::of).toList();
            for (AccountName name : one.names()) {
                AccountHash hash = name.hash();
                entries.put(hash, new Range.Entry(hash.hex(), account, verdicts));
                byName.put(name, one);
            }
        }
        int[] prefixes = entries.keySet().stream()
                .mapToInt(AccountHash::listEntry)
                .distinct()
                .toArray();
        Payload list = Payload.binary(ListCodec.encode(release.version, prefixes));
        int prefixLength = prefixLength(listed.size());
        ListManifest manifest = new ListManifest(
                release.version,
                prefixes.length,
                prefixLength,
                list.sha256(),
                list.bytes().length,
                release.publishedAt,
                ListManifest.POLL_AFTER_SECONDS,
                release.epoch,
                release.demo,
                release.placebo);
        Map<String, Payload> ranges = new HashMap<>();
        Map<String, List<Range.Entry>> byPrefix = new TreeMap<>();
        entries.forEach((hash, entry) -> byPrefix.computeIfAbsent(
                        hash.hex().substring(0, prefixLength), prefix -> new ArrayList<>())
                .add(entry));
        byPrefix.forEach((prefix, found) -> ranges.put(prefix, Payload.json(new Range(found))));
        String content = Payload.json(entries.values()).sha256();
        return new Snapshot(manifest, list, ranges, Payload.json(new Range(List.of())), byName, content);
    }

    static int prefixLength(int accounts) {
        int length = 1;
        while (length < LONGEST_PREFIX && accounts >> 4 * (length + 1) >= ACCOUNTS_A_RANGE) {
            length++;
        }
        return length;
    }

    public ListManifest manifest() {
        return manifest;
    }

    public Payload manifestPayload() {
        return manifestPayload;
    }

    /** The whole list, as {@link ListCodec} writes it. */
    public Payload list() {
        return list;
    }

    /** Hex digits a prefix of {@link #range} has. */
    public int prefixLength() {
        return manifest.prefixLength();
    }

    /**
     * The listed accounts whose hash begins with {@code prefix}, as JSON; mostly none.
     *
     * @param prefix {@link #prefixLength} lower-case hex digits
     */
    public Payload range(String prefix) {
        return ranges.getOrDefault(prefix, emptyRange);
    }

    /** Of all that is listed, whatever the version. */
    String contentSha256() {
        return contentSha256;
    }

    public Optional<Listed> find(AccountName name) {
        return Optional.ofNullable(byName.get(name));
    }
}
