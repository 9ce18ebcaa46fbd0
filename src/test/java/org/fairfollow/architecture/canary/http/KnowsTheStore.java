package org.fairfollow.architecture.canary.http;

import org.fairfollow.architecture.canary.store.SomeStore;

final class KnowsTheStore {
    final SomeStore store = new SomeStore();
}
