package org.dl4jsnn.property;

import static org.junit.jupiter.api.Assertions.fail;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.deeplearning4j.exception.DL4JException;

/** Every setting works, or is refused by our own code in words. */
@AddLifecycleHook(Tries.class)
class RefusalPropertiesTest {

  @Provide
  Arbitrary<WildPlan> wild() {
    return WildPlan.any();
  }

  @Property(tries = 120)
  void shouldRefuseInvalidCombinations(@ForAll("wild") WildPlan plan) {
    try {
      new WildNetwork(plan).run();
    } catch (IllegalArgumentException | DL4JException e) {
      requireOurs(e);
    }
  }

  @Provide
  Arbitrary<WiringPlan> wiring() {
    return WiringPlan.any();
  }

  /** Deeplearning4j's own layers refuse in their own words. */
  @Property(tries = 80)
  void shouldRefuseLayersThatDoNotFitTogether(@ForAll("wiring") WiringPlan plan) {
    try {
      new WiredNetwork(plan).run();
    } catch (RuntimeException e) {
      boolean stock =
          thrower(e).startsWith("org.deeplearning4j.nn.conf.")
              || e instanceof DL4JException && thrower(e).startsWith("org.deeplearning4j.");
      if (!stock) {
        requireOurs(e);
      }
    }
  }

  /**
   * A refusal says what the value must be and what it is; ND4J's own refusals come too late to say
   * so.
   */
  private static void requireOurs(RuntimeException refusal) {
    String message = String.valueOf(refusal.getMessage());
    boolean ours = thrower(refusal).startsWith("org.dl4jsnn.");
    boolean said = message.matches("(?s).*( must | got | needs ).*");
    if (!ours || !said) {
      fail("refused by " + thrower(refusal) + ": " + message, refusal);
    }
  }

  private static String thrower(RuntimeException refusal) {
    return refusal.getStackTrace()[0].getClassName();
  }
}
