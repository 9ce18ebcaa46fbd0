package org.fairfollow.verdict;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A change of a verdict; never changed itself. */
@Entity
@Table(name = "verdict_entry")
class VerdictEntryRow extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @Column(name = "account_id")
    int accountId;

    String practice = "";
    String standing = "";

    @Nullable
    String former;

    String cause = "";

    byte[] finding = {};

    String detector = "";

    @Column(name = "written_at")
    long writtenAt;
}
