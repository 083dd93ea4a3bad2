// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.contract.KvContract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

class MemoryKvTest {
    private final MemoryKv kv = new MemoryKv();

    @Nested
    class AsKv extends KvContract {
        @Override
        protected Kv open(Map<String, String> contents) {
            contents.forEach(kv::put);
            return kv;
        }
    }

    @Test
    void aValueThatWasFoundStaysAsItWas() throws Exception {
        kv.put("a", "old");
        Kv.Value found = kv.find("a");
        kv.put("a", "newer");
        assertThat(found).isNotNull();
        assertThat(found.size()).isEqualTo(3);
        assertThat(found.read(0, 3).text(StandardCharsets.UTF_8)).isEqualTo("old");
    }

    @Test
    void aValueIsACopy() throws Exception {
        Cstruct contents = Cstruct.create(2);
        Instant time = Instant.parse("2024-02-29T12:00:00Z");
        kv.put("a", contents, time);
        contents.fill(1);
        Kv.Value value = kv.find("a");
        assertThat(value).isNotNull();
        assertThat(value.read(0, 2).u16be(0)).isZero();
        assertThat(value.lastModified()).isEqualTo(time);
    }

    @Test
    void whatIsRemovedIsGone() {
        kv.put("a/b", "x");
        assertThat(kv.remove("a/b")).isTrue();
        assertThat(kv.remove("a/b")).isFalse();
        assertThat(kv.list("")).isEmpty();
    }

    @Test
    void aNameIsAValueOrAFolder() {
        kv.put("a/b", "x");
        assertThatThrownBy(() -> kv.put("a", "y")).hasMessage("'a' is a folder");
        assertThatThrownBy(() -> kv.put("a/b/c", "y")).hasMessage("'a/b' is a value, no folder");
        assertThatThrownBy(() -> kv.put("../a", "y")).hasMessage("no path: '../a'");
    }
}
