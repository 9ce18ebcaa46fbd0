package org.fairfollow.verdict;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** The evidence a verdict was reached on. */
@Entity
@Table(name = "kept_dossier")
class KeptDossierRow extends PanacheEntityBase {
    @Id
    @Column(name = "entry_id")
    long entryId;

    @Column(name = "account_id")
    int accountId;

    byte[] body = {};

    @Column(name = "keep_until")
    long keepUntil;

    /** What the newest entry rests on of which anything is kept; null if there is none. */
    static @Nullable KeptDossierRow newest(int accountId, String practice) {
        return find(
                        "SELECT k FROM KeptDossierRow k JOIN VerdictEntryRow e ON e.id = k.entryId"
                                + " WHERE e.accountId = ?1 AND e.practice = ?2 ORDER BY e.id DESC",
                        accountId,
                        practice)
                .firstResult();
    }
}
