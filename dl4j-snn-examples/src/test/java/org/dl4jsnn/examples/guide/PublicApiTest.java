package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.dl4jsnn.Internal;
import org.junit.jupiter.api.Test;

/** What users may depend on must not lead them to what may change in any version. */
class PublicApiTest {

  private static final String INTERNAL = "org.dl4jsnn.internal";

  private static final JavaClasses LIBRARIES = Libraries.CLASSES;

  @Test
  void shouldNotMentionInternalTypes() {
    Set<String> mentions = new TreeSet<>();
    for (JavaClass type : publicTypes()) {
      List<JavaType> ancestors = new ArrayList<>(type.getInterfaces());
      type.getSuperclass().ifPresent(ancestors::add);
      inspect(ancestors, ancestor -> mentions.add(type.getName() + " is a " + ancestor));
      for (JavaMember member : type.getMembers()) {
        if (isPublic(member)) {
          inspect(types(member), named -> mentions.add(member.getFullName() + ": " + named));
        }
      }
    }
    assertEquals(Set.of(), mentions);
  }

  @Test
  void shouldHavePublicAndInternalTypesInTheLibraries() {
    assertFalse(publicTypes().isEmpty());
    assertFalse(LIBRARIES.stream().filter(PublicApiTest::isInternal).toList().isEmpty());
    assertFalse(
        publicTypes().stream()
            .filter(t -> t.getPackageName().equals("org.dl4jsnn.asf"))
            .toList()
            .isEmpty());
  }

  private List<JavaClass> publicTypes() {
    return LIBRARIES.stream()
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(type -> !isInternal(type) && !type.isAnnotatedWith(Internal.class))
        .toList();
  }

  private static boolean isPublic(JavaMember member) {
    Set<JavaModifier> modifiers = member.getModifiers();
    return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
        && !modifiers.contains(JavaModifier.SYNTHETIC)
        && !member.isAnnotatedWith(Internal.class);
  }

  private static List<JavaType> types(JavaMember member) {
    if (member instanceof JavaField field) {
      return List.of(field.getType());
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    List<JavaType> types = new ArrayList<>(code.getParameterTypes());
    types.add(code.getReturnType());
    types.addAll(code.getExceptionTypes());
    return types;
  }

  private static void inspect(List<? extends JavaType> types, Consumer<String> mention) {
    types.stream()
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .filter(PublicApiTest::isInternal)
        .forEach(type -> mention.accept(type.getName()));
  }

  private static boolean isInternal(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(INTERNAL) || name.startsWith(INTERNAL + ".");
  }
}
