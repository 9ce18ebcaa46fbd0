package org.fairfollow.verdict;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The verdict held now. */
@Entity
@Table(name = "verdict")
@IdClass(VerdictRow.Key.class)
class VerdictRow extends PanacheEntityBase {
    @Id
    @Column(name = "account_id")
    int accountId;

    @Id
    String practice = "";

    String standing = "";

    @Nullable
    String handle;

    byte[] finding = {};

    String detector = "";

    @Column(name = "as_of")
    long asOf;

    @Column(name = "review_at")
    @Nullable
    Long reviewAt;

    @Column(name = "judge_again_at")
    @Nullable
    Long judgeAgainAt;

    double weight;

    @Nullable
    Boolean placebo;

    @Nullable
    Double confidence;

    static List<VerdictRow> of(Collection<Integer> accounts) {
        return list("accountId in ?1", accounts);
    }

    /** The primary key. */
    static class Key {
        int accountId;
        String practice = "";

        Key() {}

        Key(int accountId, String practice) {
            this.accountId = accountId;
            this.practice = practice;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.accountId == accountId && key.practice.equals(practice);
        }

        @Override
        public int hashCode() {
            return Objects.hash(accountId, practice);
        }
    }
}
