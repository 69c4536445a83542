package org.dl4jsnn.event.camera;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MovementTest {

  @Test
  void shouldGoAroundTheClosedLoopSixTimes() {
    Movement movement = Movement.closedLoop(10, 50_000, 6);
    assertEquals(1_200_000, movement.duration());
    assertEquals(20, movement.reach());
    for (int loop = 0; loop < 6; loop++) {
      long start = loop * 200_000L;
      assertAt(movement, start, 0, 0);
      assertAt(movement, start + 25_000, 5, -5);
      assertAt(movement, start + 50_000, 10, -10);
      assertAt(movement, start + 100_000, 20, 0);
      assertAt(movement, start + 150_000, 10, 10);
      assertAt(movement, start + 190_000, 2, 2);
    }
    assertAt(movement, 1_200_000, 0, 0);
  }

  @Test
  void shouldGoAlongATriangleInThreeSaccades() {
    Movement movement = Movement.saccades(1);
    assertEquals(315_000, movement.duration());
    assertAt(movement, 0, -3.5, -3.5);
    assertAt(movement, 105_000, 0, 3.5);
    assertAt(movement, 210_000, 3.5, -3.5);
    assertAt(movement, 315_000, -3.5, -3.5);
    assertAt(Movement.saccades(4), 157_500, 7, 0);
  }

  @Test
  void shouldStandStillBeforeAndAfter() {
    Movement movement = Movement.through(new double[][] {{1, 2}, {3, 5}}, 10, 1);
    assertAt(movement, -5, 1, 2);
    assertAt(movement, 10, 3, 5);
    assertAt(movement, 100, 3, 5);
  }

  @Test
  void shouldRefuseWhatIsNotAMovement() {
    assertRefused(new double[][] {{0, 0}}, 1, 1, "corners.length must be ");
    assertRefused(new double[][] {{0, 0}, {1}}, 1, 1, "corner 1 must be (x, y), got [1.0]");
    assertRefused(
        new double[][] {{0, 0}, {1, Double.NaN}}, 1, 1, "y of corner 1 must be finite, got NaN");
    assertRefused(
        new double[][] {{0, 0}, {1, 0}},
        1,
        2,
        "the last corner must equal the first if loops are repeated, got [1.0, 0.0] and"
            + " [0.0, 0.0]");
    assertRefused(new double[][] {{0, 0}, {1, 0}}, 0, 1, "leg must be ");
    assertRefused(new double[][] {{0, 0}, {1, 0}}, 1, 0, "loops must be ");
    assertRefused(null, 1, 1, "corners must be given, got null");
    assertThrows(IllegalArgumentException.class, () -> Movement.closedLoop(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> Movement.saccades(-1));
  }

  private static void assertRefused(double[][] corners, long leg, int loops, String expected) {
    assertBegins(expected, () -> Movement.through(corners, leg, loops));
  }

  private static void assertAt(Movement movement, long t, double x, double y) {
    assertEquals(x, movement.x(t), 1e-12);
    assertEquals(y, movement.y(t), 1e-12);
  }
}
