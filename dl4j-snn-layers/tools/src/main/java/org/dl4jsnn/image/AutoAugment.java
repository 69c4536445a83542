package org.dl4jsnn.image;

import static org.dl4jsnn.image.ImageOperation.AUTO_CONTRAST;
import static org.dl4jsnn.image.ImageOperation.BRIGHTNESS;
import static org.dl4jsnn.image.ImageOperation.COLOR;
import static org.dl4jsnn.image.ImageOperation.CONTRAST;
import static org.dl4jsnn.image.ImageOperation.EQUALIZE;
import static org.dl4jsnn.image.ImageOperation.INVERT;
import static org.dl4jsnn.image.ImageOperation.POSTERIZE;
import static org.dl4jsnn.image.ImageOperation.ROTATE;
import static org.dl4jsnn.image.ImageOperation.SHARPNESS;
import static org.dl4jsnn.image.ImageOperation.SHEAR_Y;
import static org.dl4jsnn.image.ImageOperation.SOLARIZE;
import static org.dl4jsnn.image.ImageOperation.TRANSLATE_X;
import static org.dl4jsnn.image.ImageOperation.TRANSLATE_Y;

import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;
import org.dl4jsnn.internal.Require;

/**
 * Applies one pair of operations, drawn from a policy with equal probability; each operation then
 * has its own probability of being applied. Meant to come after {@link ImageAugmentation#shift} and
 * {@link ImageAugmentation#flip} and before {@link ImageAugmentation#cutout}.
 *
 * <p>Source: Cubuk et al., "AutoAugment: Learning Augmentation Strategies from Data", CVPR 2019,
 * doi 10.1109/CVPR.2019.00020.
 *
 * @param policy the pairs, at least one
 * @serial exclude
 */
public record AutoAugment(List<Pair> policy) implements ImageAugmentation {

  /**
   * An operation that is applied with a probability.
   *
   * @param operation the operation
   * @param probability the probability of applying it, from 0 to 1
   * @param strength from 0 to 9
   * @serial exclude
   */
  public record Chance(ImageOperation operation, double probability, int strength)
      implements Serializable {

    /**
     * Checks the settings.
     *
     * @param operation the operation
     * @param probability the probability of applying it
     * @param strength from 0 to 9
     * @throws IllegalArgumentException if a setting is invalid
     */
    public Chance {
      Require.given("operation", operation);
      Require.share("probability", probability);
      ImageOperation.requireStrength(strength);
    }

    private Image augment(Image image, RandomGenerator random) {
      // All numbers are drawn, so later draws do not depend on which operations are applied.
      boolean done = random.nextDouble() < probability;
      boolean negative = random.nextBoolean();
      return done ? operation.apply(image, strength, negative) : image;
    }
  }

  /**
   * Two operations in sequence.
   *
   * @param first the first
   * @param second the second
   * @serial exclude
   */
  public record Pair(Chance first, Chance second) implements Serializable {

    private Image augment(Image image, RandomGenerator random) {
      return second.augment(first.augment(image, random), random);
    }
  }

  /**
   * Copies the policy.
   *
   * @param policy the pairs, at least one
   * @throws IllegalArgumentException if the list is empty
   */
  public AutoAugment {
    policy = List.copyOf(policy);
    Require.atLeast("pairs of the policy", policy.size(), 1);
  }

  /** {@return the policy found on CIFAR-10 (table 7 of the source): 25 pairs} */
  public static AutoAugment cifar10() {
    return new AutoAugment(
        List.of(
            pair(INVERT, 0.1, 7, CONTRAST, 0.2, 6),
            pair(ROTATE, 0.7, 2, TRANSLATE_X, 0.3, 9),
            pair(SHARPNESS, 0.8, 1, SHARPNESS, 0.9, 3),
            pair(SHEAR_Y, 0.5, 8, TRANSLATE_Y, 0.7, 9),
            pair(AUTO_CONTRAST, 0.5, 8, EQUALIZE, 0.9, 2),
            pair(SHEAR_Y, 0.2, 7, POSTERIZE, 0.3, 7),
            pair(COLOR, 0.4, 3, BRIGHTNESS, 0.6, 7),
            pair(SHARPNESS, 0.3, 9, BRIGHTNESS, 0.7, 9),
            pair(EQUALIZE, 0.6, 5, EQUALIZE, 0.5, 1),
            pair(CONTRAST, 0.6, 7, SHARPNESS, 0.6, 5),
            pair(COLOR, 0.7, 7, TRANSLATE_X, 0.5, 8),
            pair(EQUALIZE, 0.3, 7, AUTO_CONTRAST, 0.4, 8),
            pair(TRANSLATE_Y, 0.4, 3, SHARPNESS, 0.2, 6),
            pair(BRIGHTNESS, 0.9, 6, COLOR, 0.2, 8),
            pair(SOLARIZE, 0.5, 2, INVERT, 0.0, 3),
            pair(EQUALIZE, 0.2, 0, AUTO_CONTRAST, 0.6, 0),
            pair(EQUALIZE, 0.2, 8, EQUALIZE, 0.6, 4),
            pair(COLOR, 0.9, 9, EQUALIZE, 0.6, 6),
            pair(AUTO_CONTRAST, 0.8, 4, SOLARIZE, 0.2, 8),
            pair(BRIGHTNESS, 0.1, 3, COLOR, 0.7, 0),
            pair(SOLARIZE, 0.4, 5, AUTO_CONTRAST, 0.9, 3),
            pair(TRANSLATE_Y, 0.9, 9, TRANSLATE_Y, 0.7, 9),
            pair(AUTO_CONTRAST, 0.9, 2, SOLARIZE, 0.8, 3),
            pair(EQUALIZE, 0.8, 8, INVERT, 0.1, 3),
            pair(TRANSLATE_Y, 0.7, 9, AUTO_CONTRAST, 0.9, 1)));
  }

  private static Pair pair(
      ImageOperation first,
      double firstProbability,
      int firstStrength,
      ImageOperation second,
      double secondProbability,
      int secondStrength) {
    return new Pair(
        new Chance(first, firstProbability, firstStrength),
        new Chance(second, secondProbability, secondStrength));
  }

  @Override
  public Image augment(Image image, RandomGenerator random) {
    return policy.get(random.nextInt(policy.size())).augment(image, random);
  }
}
