import { ChoiceField } from '../../parts/fields.tsx'
import { useTexts } from '../../text/language.ts'
import { roles, roleTexts, type Role } from '../../text/roles.ts'

interface RoleFieldProps {
  readonly label: string
  readonly value: Role
  readonly onChange: (role: Role) => void
}

/** A role, with what it may do. */
export const RoleField = ({ label, value, onChange }: RoleFieldProps) => {
  const texts = useTexts(roleTexts)
  return (
    <ChoiceField<Role>
      label={label}
      hint={texts[`${value}May`]}
      value={value}
      onChange={onChange}
      choices={roles.map((role) => ({ value: role, label: texts[role] }))}
    />
  )
}
