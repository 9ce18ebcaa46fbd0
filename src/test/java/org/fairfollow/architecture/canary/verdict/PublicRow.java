package org.fairfollow.architecture.canary.verdict;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;

/** A row others could reach past the room's front door. */
public abstract class PublicRow extends PanacheEntityBase {}
