package org.fairfollow.architecture.canary.intake;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;

final class OpensAnAddress {
    InputStream open(URL address) throws IOException {
        return address.openStream();
    }
}
