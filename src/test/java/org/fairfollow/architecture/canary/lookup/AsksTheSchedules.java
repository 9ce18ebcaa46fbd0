package org.fairfollow.architecture.canary.lookup;

import org.fairfollow.architecture.canary.operations.SomeOperations;

final class AsksTheSchedules {
    final SomeOperations schedules = new SomeOperations();
}
