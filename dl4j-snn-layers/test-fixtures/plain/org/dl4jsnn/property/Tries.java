package org.dl4jsnn.property;

import java.util.Random;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.dl4jsnn.internal.contract.Cases;

/**
 * Tries every property with a fixed seed, so that every build tries the same: half as often as its
 * annotation says, and as often where a build checks {@linkplain Cases#all all cases}. The system
 * property {@value #FACTOR} multiplies the tries, {@value #SEED} is the seed, or {@code random} for
 * a new one every time.
 */
public final class Tries implements AroundPropertyHook {

  static final String FACTOR = "property.factor";
  static final String SEED = "property.seed";

  /** To the properties of the class that it is added to. */
  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    int tries = context.attributes().tries().orElse(1);
    context.attributes().setTries(factor() * (Cases.all() ? tries : (tries + 1) / 2));
    context.attributes().setSeed(Long.toString(seed()));
    // A failure in an earlier run does not change what is tried now.
    context.attributes().setAfterFailure(AfterFailureMode.RANDOM_SEED);
    // Edge cases of whole plans are plans of edge cases: all at once, and always the same.
    context.attributes().setEdgeCases(EdgeCasesMode.NONE);
    return property.execute();
  }

  static int factor() {
    return Integer.getInteger(FACTOR, 1);
  }

  static long seed() {
    String seed = System.getProperty(SEED, "1");
    return seed.equals("random") ? new Random().nextLong() : Long.parseLong(seed);
  }
}
