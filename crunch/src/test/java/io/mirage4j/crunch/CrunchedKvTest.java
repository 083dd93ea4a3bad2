// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

import io.mirage4j.platform.Kv;
import io.mirage4j.platform.contract.KvContract;

import java.util.Map;

class CrunchedKvTest extends KvContract {
    @Override
    protected Kv open(Map<String, String> contents) throws Exception {
        return Crunched.open(Blobs.of(contents));
    }
}
