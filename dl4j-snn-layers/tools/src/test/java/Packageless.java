import org.dl4jsnn.model.hostile.SideEffects;

/** No part of any network, and in no package: a name without a dot. */
public final class Packageless {

  static {
    SideEffects.record("static initialiser");
  }
}
