package org.dl4jsnn.browser;

import org.teavm.extension.spi.substitution.SimpleSubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/** The only place that names what a browser replaces: each class by one of its package. */
public final class Substitutions extends SimpleSubstitutionPolicy {

  private static final String INTERNAL = "org.dl4jsnn.internal.";

  @Override
  public void contribute(SubstitutionSink sink) {
    sink.selectClasses(
            named(INTERNAL + "kernel.Kernels")
                .or(named(INTERNAL + "parallel.ParallelSamples"))
                .or(named(INTERNAL + "memory.Heap")))
        .simpleNamePrefix("Browser");
  }
}
