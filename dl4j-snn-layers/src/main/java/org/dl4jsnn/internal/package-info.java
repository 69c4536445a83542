/**
 * Internal: what all packages share, such as argument checks. Packages below {@code
 * org.dl4jsnn.internal} may change in any version; nothing outside of this project should import
 * them.
 */
package org.dl4jsnn.internal;
