package org.fairfollow.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.Observation.OwnerStatement;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.RelationTold;

/** How observations are filed; {@link #code} is how rows say it and is never reused. */
enum ObservationKind {
    PROFILE_COUNTERS(0, ProfileCounters.class, 500),
    FOLLOW(1, RelationTold.class, 2_000),
    UNFOLLOW(2, RelationTold.class, 2_000),
    MESSAGE(3, MessageTold.class, 1_000),
    FOLLOWER_SAMPLE(4, FollowerSample.class, 5),
    POST_SAMPLE(5, PostSample.class, 20),
    OWNER_STATEMENT(6, OwnerStatement.class, 20);

    /** Fields in the order of the alphabet: the same fact is always the same bytes, for they are part of its natural key. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    final int code;
    private final Class<? extends Observation> type;
    /** How many of an account a dossier holds, the newest. */
    final int kept;

    ObservationKind(int code, Class<? extends Observation> type, int kept) {
        this.code = code;
        this.type = type;
        this.kept = kept;
    }

    static ObservationKind ofCode(int code) {
        for (ObservationKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of observation has the code " + code);
    }

    static ObservationKind of(Observation fact) {
        return switch (fact) {
            case ProfileCounters counters -> PROFILE_COUNTERS;
            case RelationTold relation -> relation.follows() ? FOLLOW : UNFOLLOW;
            case MessageTold message -> MESSAGE;
            case FollowerSample sample -> FOLLOWER_SAMPLE;
            case PostSample sample -> POST_SAMPLE;
            case OwnerStatement statement -> OWNER_STATEMENT;
        };
    }

    /** Follows and unfollows have another side, and no body. */
    boolean isRelation() {
        return type == RelationTold.class;
    }

    static String canonical(Observation fact) {
        try {
            return JSON.writeValueAsString(fact);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    Observation read(byte[] body) {
        try {
            return JSON.readValue(Zstd.decompress(body, (int) Zstd.getFrameContentSize(body)), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
