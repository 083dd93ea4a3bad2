// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import com.oracle.svm.core.jdk.SecurityProvidersSupport;

import org.graalvm.nativeimage.hosted.Feature;

/// Lets a program use security providers out of its libraries: those named, with commas between, by
/// the system property `mirage.providers` of the builder. The JDK asks for the signature of a
/// provider's jar before it ciphers with it; in an image there is no jar, and what is in the image
/// was chosen when it was built. Not in the image itself.
public final class ProvidersFeature implements Feature {
    private static final String PROPERTY = "mirage.providers";

    @Override
    public String getDescription() {
        return "Trusts the security providers named by -D" + PROPERTY;
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        for (String name : System.getProperty(PROPERTY, "").split(",", -1)) {
            SecurityProvidersSupport.singleton().addVerifiedSecurityProvider(name, true);
        }
    }
}
