package org.dl4jsnn.neuron.linear;

/**
 * How a quantity y with input x advances over a time step, in the order of a program's arithmetic
 * (equation 61 of docs/mathematics.md). a is the share kept, the share lost or the divisor, and L
 * the resting value of y. Model files hold the ordinals.
 */
public enum Integration {

  /** y + x: without a leak. */
  SUM {
    @Override
    public float step(float y, float x, float a, float rest) {
      return y + x;
    }

    @Override
    public double kept(double a) {
      return 1;
    }

    @Override
    public double gain(double a) {
      return 1;
    }
  },

  /** a · y + x. */
  DECAY {
    @Override
    public float step(float y, float x, float a, float rest) {
      return a * y + x;
    }

    @Override
    public double kept(double a) {
      return a;
    }

    @Override
    public double gain(double a) {
      return 1;
    }
  },

  /** a · (y + x): the input decays as well. */
  DECAY_OF_ALL {
    @Override
    public float step(float y, float x, float a, float rest) {
      return a * (y + x);
    }

    @Override
    public double kept(double a) {
      return a;
    }

    @Override
    public double gain(double a) {
      return a;
    }
  },

  /** y + a · ((x + L) − y): Euler's step. */
  EULER {
    @Override
    public float step(float y, float x, float a, float rest) {
      return y + a * (x + rest - y);
    }

    @Override
    public double kept(double a) {
      return 1 - a;
    }

    @Override
    public double gain(double a) {
      return a;
    }
  },

  /** y + a · ((L − y) + x): Euler's step, summed in another order. */
  EULER_OF_LEAK {
    @Override
    public float step(float y, float x, float a, float rest) {
      return y + a * (rest - y + x);
    }

    @Override
    public double kept(double a) {
      return 1 - a;
    }

    @Override
    public double gain(double a) {
      return a;
    }
  },

  /** y + (x − (y − L)) / a: Euler's step by division, a a number of steps. */
  DIVISION {
    @Override
    public float step(float y, float x, float a, float rest) {
      return y + (x - (y - rest)) / a;
    }

    @Override
    public double kept(double a) {
      return 1 - 1 / a;
    }

    @Override
    public double gain(double a) {
      return 1 / a;
    }
  },

  /** y − (y − L) / a + x: the same, with all of the input. */
  DIVISION_OF_LEAK {
    @Override
    public float step(float y, float x, float a, float rest) {
      return y - (y - rest) / a + x;
    }

    @Override
    public double kept(double a) {
      return 1 - 1 / a;
    }

    @Override
    public double gain(double a) {
      return 1;
    }
  },

  /** E + a · (y − E) with E = L + x: the solution for constant input over the step. */
  EXACT {
    @Override
    public float step(float y, float x, float a, float rest) {
      float end = rest + x;
      return end + a * (y - end);
    }

    @Override
    public double kept(double a) {
      return a;
    }

    @Override
    public double gain(double a) {
      return 1 - a;
    }
  };

  /**
   * A step.
   *
   * @param y the quantity before
   * @param x the input of the step
   * @param a a
   * @param rest L
   * @return the quantity after
   */
  public abstract float step(float y, float x, float a, float rest);

  /**
   * The derivative of a step with respect to y.
   *
   * @param a a
   * @return the share of y that is kept
   */
  public abstract double kept(double a);

  /**
   * The derivative of a step with respect to x.
   *
   * @param a a
   * @return the share of x that arrives
   */
  public abstract double gain(double a);
}
