package org.fairfollow.architecture.canary.store;

import org.fairfollow.architecture.canary.account.SomeAccount;

final class KnowsARoom {
    final SomeAccount room = new SomeAccount();
}
