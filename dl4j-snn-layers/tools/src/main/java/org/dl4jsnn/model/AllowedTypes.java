package org.dl4jsnn.model;

import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;

/** Makes Jackson ask {@link AllowedClasses} before it looks up a class by name. */
final class AllowedTypes extends PolymorphicTypeValidator.Base {

  private static final long serialVersionUID = 1L;

  /** Transient, since this object is never serialised. */
  private final transient AllowedClasses allowed;

  AllowedTypes(AllowedClasses allowed) {
    this.allowed = allowed;
  }

  @Override
  public Validity validateSubClassName(MapperConfig<?> config, JavaType base, String name) {
    return validity(name);
  }

  @Override
  public Validity validateSubType(MapperConfig<?> config, JavaType base, JavaType type) {
    return validity(type.getRawClass().getName());
  }

  private Validity validity(String name) {
    return allowed.allows(name) ? Validity.ALLOWED : Validity.DENIED;
  }
}
