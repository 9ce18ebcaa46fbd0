package org.fairfollow.verdict;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

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
}
