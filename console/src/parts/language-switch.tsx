import { Button } from './button.tsx'
import TranslateIcon from 'tdesign-icons-react/esm/components/translate.js'
import { useLanguage } from '../text/language.ts'

export const LanguageSwitch = () => {
  const { language, choose } = useLanguage()
  const isChinese = language === 'zh'
  return (
    <Button
      variant="text"
      size="small"
      icon={<TranslateIcon aria-hidden />}
      lang={isChinese ? 'en' : 'zh-CN'}
      onClick={() => choose(isChinese ? 'en' : 'zh')}
    >
      {isChinese ? 'English' : '中文'}
    </Button>
  )
}
